/* SPDX-License-Identifier: Apache-2.0 */

/**
 * A producer's end of the publisher's socket: the window of what is not acknowledged yet, and the thread that sends it,
 * takes acknowledgements, and after a lost connection sends again what was not acknowledged.
 */
@NullMarked
package dev.defender.link;

import org.jspecify.annotations.NullMarked;
