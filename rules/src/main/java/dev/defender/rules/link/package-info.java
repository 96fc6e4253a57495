/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From the items of all files to rules that stand alone: redefinition, append and override, exceptions, lists, macros.
 */
@NullMarked
package dev.defender.rules.link;

import org.jspecify.annotations.NullMarked;
