/* SPDX-License-Identifier: Apache-2.0 */

/** collector-misc in its hard limits on a real API server. */
@NullMarked
package dev.defender.bench.misc;

import org.jspecify.annotations.NullMarked;
