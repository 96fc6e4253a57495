/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.operator;

import org.jspecify.annotations.NullMarked;
