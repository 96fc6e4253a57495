/* SPDX-License-Identifier: Apache-2.0 */

/** What this kernel lets the sensor observe, and the named reason where it does not. */
@NullMarked
package dev.defender.sensor.probe;

import org.jspecify.annotations.NullMarked;
