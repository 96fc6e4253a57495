/* SPDX-License-Identifier: Apache-2.0 */
/** The way out: components, spool, directories and pins, in this order. */
@NullMarked
package dev.defender.operator.cleanup;

import org.jspecify.annotations.NullMarked;
