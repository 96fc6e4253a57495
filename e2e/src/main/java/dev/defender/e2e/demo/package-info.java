/* SPDX-License-Identifier: Apache-2.0 */

/**
 * {@code make demo}: the whole path on this host, and its proof. {@link dev.defender.e2e.demo.Demo} reads like the
 * list of what happens; {@link dev.defender.e2e.stack.Stack} owns what must not be left behind.
 */
@NullMarked
package dev.defender.e2e.demo;

import org.jspecify.annotations.NullMarked;
