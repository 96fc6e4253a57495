/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.operator.rollout;

import org.jspecify.annotations.NullMarked;
