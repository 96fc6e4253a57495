/* SPDX-License-Identifier: Apache-2.0 */

/** A backend that answers as a test says, a producer, and certificates. */
@NullMarked
package dev.defender.publisher.support;

import org.jspecify.annotations.NullMarked;
