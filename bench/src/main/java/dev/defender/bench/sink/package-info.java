/* SPDX-License-Identifier: Apache-2.0 */

/** Stands in for the publisher where only the sensor is measured. */
@NullMarked
package dev.defender.bench.sink;

import org.jspecify.annotations.NullMarked;
