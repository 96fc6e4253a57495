/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.misc.keep;

import org.jspecify.annotations.NullMarked;
