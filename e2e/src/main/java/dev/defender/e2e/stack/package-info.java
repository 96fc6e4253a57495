/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Backend, publisher and sensor running on this host as they would on a node, and what the API says of them: the ground
 * that the demo, the fault tests and the benches stand on.
 */
@NullMarked
package dev.defender.e2e.stack;

import org.jspecify.annotations.NullMarked;
