/* SPDX-License-Identifier: Apache-2.0 */

/** Puts recorded events into the kernel ring of a running sensor, at any rate. */
@NullMarked
package dev.defender.bench.inject;

import org.jspecify.annotations.NullMarked;
