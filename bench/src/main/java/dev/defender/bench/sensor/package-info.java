/* SPDX-License-Identifier: Apache-2.0 */

/** The sensor alone: what it takes per event, how many it can take, and what memory that needs. */
@NullMarked
package dev.defender.bench.sensor;

import org.jspecify.annotations.NullMarked;
