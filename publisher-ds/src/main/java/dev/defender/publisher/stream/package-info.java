/* SPDX-License-Identifier: Apache-2.0 */

/** Who numbered a record, and the node's clocks. */
@NullMarked
package dev.defender.publisher.stream;

import org.jspecify.annotations.NullMarked;
