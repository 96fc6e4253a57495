/* SPDX-License-Identifier: Apache-2.0 */
/** Rule files as YAML: items with their keys and the position of every character. */
@NullMarked
package dev.defender.rules.yaml;

import org.jspecify.annotations.NullMarked;
