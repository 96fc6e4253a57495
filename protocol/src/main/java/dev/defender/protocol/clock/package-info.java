/* SPDX-License-Identifier: Apache-2.0 */

/** The clock that every record on a node is stamped with, for programs without a native binding. */
@NullMarked
package dev.defender.protocol.clock;

import org.jspecify.annotations.NullMarked;
