/* SPDX-License-Identifier: Apache-2.0 */

/** Holds the protobuf contract still: what has been published is neither renamed, renumbered, retyped nor removed. */
@NullMarked
package dev.defender.protocol.contract;

import org.jspecify.annotations.NullMarked;
