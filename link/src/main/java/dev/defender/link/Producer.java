/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

/** Whose records a link sends. All methods are called on the link thread. */
public interface Producer {
    /** The window of lane 0 or 1; always the same one. */
    LaneWindow lane(int lane);

    /** The epoch whose durable marks the handshake must ask for; 0 = none. */
    long previousEpoch();

    /**
     * A publisher welcomed this producer; nothing has been sent to it yet.
     *
     * @param previousDurable by lane: marks of {@link #previousEpoch}; zeros if the publisher does not know it
     */
    void welcomed(long[] previousDurable);

    /** The publisher holds everything up to {@code sequence}; it grows with each call for a lane. */
    void acked(int lane, long sequence);
}
