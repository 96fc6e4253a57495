/* SPDX-License-Identifier: Apache-2.0 */

/**
 * What the events do not say themselves: the container behind a cgroup, the name behind a uid; and what must not leave the
 * node: secrets in arguments, bytes that are no text. Event thread only.
 */
@NullMarked
package dev.defender.sensor.enrich;

import org.jspecify.annotations.NullMarked;
