/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The bytes on the wire, without allocation: record header, socket frame, batch preamble, and readers and writers for
 * the protobuf messages of {@code defender/v1}. The generated classes say the same in objects; the node agents keep to
 * this package, because loading the generated ones costs a cold JVM in 60m a second.
 */
@NullMarked
package dev.defender.protocol.wire;

import org.jspecify.annotations.NullMarked;
