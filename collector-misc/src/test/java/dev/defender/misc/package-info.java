/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.misc;

import org.jspecify.annotations.NullMarked;
