/* SPDX-License-Identifier: Apache-2.0 */
/** What a command prints, and how it fails. */
@NullMarked
package dev.defender.cli.terminal;

import org.jspecify.annotations.NullMarked;
