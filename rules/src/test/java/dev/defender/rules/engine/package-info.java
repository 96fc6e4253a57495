/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.rules.engine;

import org.jspecify.annotations.NullMarked;
