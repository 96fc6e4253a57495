/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The processes of the host as the events tell of them: who they are, what they run, whose children they are. Bounded in
 * entries and bytes; what is evicted is counted. Event thread only.
 */
@NullMarked
package dev.defender.sensor.state;

import org.jspecify.annotations.NullMarked;
