/* SPDX-License-Identifier: Apache-2.0 */

/** Capture files: what the ring delivered and every other input, recorded and replayed. */
@NullMarked
package dev.defender.sensor.capture;

import org.jspecify.annotations.NullMarked;
