/* SPDX-License-Identifier: Apache-2.0 */
/** The command line program defenderctl, also usable as kubectl-defender. */
@NullMarked
package dev.defender.cli;

import org.jspecify.annotations.NullMarked;
