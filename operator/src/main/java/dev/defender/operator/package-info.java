/* SPDX-License-Identifier: Apache-2.0 */
/** The operator's process: it turns a {@code DefenderProfile} into components on nodes, and takes them away again. */
@NullMarked
package dev.defender.operator;

import org.jspecify.annotations.NullMarked;
