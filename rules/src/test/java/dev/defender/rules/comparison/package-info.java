/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.rules.comparison;

import org.jspecify.annotations.NullMarked;
