/* SPDX-License-Identifier: Apache-2.0 */

/** A real API server without a node, and collector-misc with everything behind it, for tests and benchmarks. */
@NullMarked
package dev.defender.e2e.apiserver;

import org.jspecify.annotations.NullMarked;
