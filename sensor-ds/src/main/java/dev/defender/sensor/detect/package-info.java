/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Puts each event before the rules and makes a finding of each match. Rules see the arguments as they are; what leaves the
 * node, the rendered message included, has the secrets masked. Event thread only.
 */
@NullMarked
package dev.defender.sensor.detect;

import org.jspecify.annotations.NullMarked;
