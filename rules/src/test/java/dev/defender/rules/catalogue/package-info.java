/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.rules.catalogue;

import org.jspecify.annotations.NullMarked;
