/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.backend.intake;

import org.jspecify.annotations.NullMarked;
