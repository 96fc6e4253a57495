/* SPDX-License-Identifier: Apache-2.0 */
/** The command {@code preflight}: whether a cluster, its nodes and the way to the backend are as they must be. */
@NullMarked
package dev.defender.cli.preflight;

import org.jspecify.annotations.NullMarked;
