/* SPDX-License-Identifier: Apache-2.0 */

/** What the sensor adds to the link: its ledger and its succession hear of welcomes and acknowledgements. */
@NullMarked
package dev.defender.sensor.link;

import org.jspecify.annotations.NullMarked;
