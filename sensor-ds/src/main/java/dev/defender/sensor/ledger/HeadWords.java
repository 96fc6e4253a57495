/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ledger;

/** The words at the head of one epoch's memory. */
public final class HeadWords {
    /** CLOCK_BOOTTIME ns at the producer's start; 0 = memory not begun. */
    public static final int EPOCH = 0;

    /** By lane: the next sequence to give; two words. */
    public static final int NEXT_SEQUENCE = 1;

    /** By lane: the publisher's last acknowledgement that was seen; two words, written by the link thread. */
    public static final int ACKED_SEQUENCE = 3;

    /** 1 once a publisher welcomed this epoch: before that nothing of it can be durable. Link thread. */
    public static final int WELCOMED = 5;

    /** CLOCK_BOOTTIME ns when the epoch was last seen alive. */
    public static final int LAST_ALIVE = 6;

    /** Gap report under way: its sequence in the urgent lane, its cell word and the total it brings that word to. */
    public static final int GAP_SEQUENCE = 7;

    public static final int GAP_CELL_WORD = 8;
    public static final int GAP_TOTAL = 9;

    /** 1 once {@link #CLOSED_DURABLE} holds the publisher's final marks of this epoch, two words. Written by a successor. */
    public static final int MARKS_KNOWN = 10;

    public static final int CLOSED_DURABLE = 11;

    /** Number of attempts to close this epoch; attempt n stands in slot n mod 2. Written by successors. */
    public static final int CLOSING_ATTEMPTS = 13;

    /** Two slots of three words: the epoch that closes, its first urgent sequence for it, reports skipped as durable. */
    public static final int CLOSING_SLOTS = 16;

    public static final int CLOSING_SLOT_WORDS = 3;

    public static final int COUNT = 64;

    private HeadWords() {}
}
