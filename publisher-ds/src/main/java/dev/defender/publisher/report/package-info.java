/* SPDX-License-Identifier: Apache-2.0 */

/** The publisher's state as a page of metrics and as records of its own stream. */
@NullMarked
package dev.defender.publisher.report;

import org.jspecify.annotations.NullMarked;
