/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.cli.testbed;

import org.jspecify.annotations.NullMarked;
