/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.cli;

import org.jspecify.annotations.NullMarked;
