/* SPDX-License-Identifier: Apache-2.0 */
/** A real API server, with controllers but without nodes, for tests. */
@NullMarked
package dev.defender.operator.cluster;

import org.jspecify.annotations.NullMarked;
