/* SPDX-License-Identifier: Apache-2.0 */

/** Starts the components as a node would: their own user, capabilities, limits and JVM flags. */
@NullMarked
package dev.defender.e2e.process;

import org.jspecify.annotations.NullMarked;
