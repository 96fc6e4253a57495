/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.cli.reading;

import org.jspecify.annotations.NullMarked;
