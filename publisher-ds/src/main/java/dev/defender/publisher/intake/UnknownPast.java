/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.publisher.stream.StreamId;

/** Told of records that a producer believes durable here and of which this spool knows nothing. */
@FunctionalInterface
public interface UnknownPast {
    /** The records {@code first} to {@code last} of a stream's lane; both belong to it. */
    void unknown(StreamId stream, int lane, long first, long last);
}
