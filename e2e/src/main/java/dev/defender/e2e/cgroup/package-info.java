/* SPDX-License-Identifier: Apache-2.0 */

/** Control groups with hard limits, v1 and v2, to run the components inside the limits that they have on a node. */
@NullMarked
package dev.defender.e2e.cgroup;

import org.jspecify.annotations.NullMarked;
