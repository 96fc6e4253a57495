/* SPDX-License-Identifier: Apache-2.0 */

/**
 * {@code make demo-cluster}: the README's helm path on a real cluster, command by command, with the demo's actions in a
 * pod. {@link dev.defender.e2e.clusterdemo.ClusterDemo} reads like the list of what happens.
 */
@NullMarked
package dev.defender.e2e.clusterdemo;

import org.jspecify.annotations.NullMarked;
