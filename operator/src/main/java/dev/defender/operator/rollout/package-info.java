/* SPDX-License-Identifier: Apache-2.0 */
/** How fast a changed version may go over the nodes. */
@NullMarked
package dev.defender.operator.rollout;

import org.jspecify.annotations.NullMarked;
