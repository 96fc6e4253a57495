/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Events as {@code defender.v1.Event} bytes. What stays the same while a process runs an image is encoded once and copied
 * into each of its events. Event thread only; no allocation.
 */
@NullMarked
package dev.defender.sensor.encode;

import org.jspecify.annotations.NullMarked;
