/* SPDX-License-Identifier: Apache-2.0 */
/** What nodes call: enrolment, renewal and batches. */
@NullMarked
package dev.defender.backend.intake;

import org.jspecify.annotations.NullMarked;
