/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.misc.json;

import org.jspecify.annotations.NullMarked;
