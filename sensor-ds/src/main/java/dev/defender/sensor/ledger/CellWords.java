/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

/** The words that user space keeps per cell: totals since the epoch began, written by the event thread only. */
public final class CellWords {
    /** Left out on purpose in user space. */
    public static final int FILTERED = 0;

    /** Lost because the un-acked window was full. */
    public static final int LOST_CREDIT = 1;

    /** Lost because the decoder refused the ring's record. */
    public static final int LOST_UNDECODABLE = 2;

    /** Given a sequence number. */
    public static final int NUMBERED = 3;

    /** Of the kernel's ring losses, those in a numbered gap report. The other two reasons follow in the same order. */
    public static final int GAPPED_RING = 4;

    public static final int GAPPED_CREDIT = 5;
    public static final int GAPPED_UNDECODABLE = 6;

    public static final int COUNT = 8;

    private CellWords() {}
}
