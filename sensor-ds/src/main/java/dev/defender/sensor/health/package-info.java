/* SPDX-License-Identifier: Apache-2.0 */

/** What the sensor says of itself. */
@NullMarked
package dev.defender.sensor.health;

import org.jspecify.annotations.NullMarked;
