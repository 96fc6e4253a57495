/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.cli.preflight;

import org.jspecify.annotations.NullMarked;
