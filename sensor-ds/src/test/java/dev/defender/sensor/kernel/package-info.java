/* SPDX-License-Identifier: Apache-2.0 */

/** One test per event type against the kernel that runs the tests. */
@NullMarked
package dev.defender.sensor.kernel;

import org.jspecify.annotations.NullMarked;
