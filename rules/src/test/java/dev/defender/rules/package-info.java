/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.rules;

import org.jspecify.annotations.NullMarked;
