/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

/** Why a connection was ended by the publisher; one counter each. */
public enum Refusal {
    WRONG_UID("wrong_uid", true),
    WRONG_PRODUCER("wrong_producer", true),
    UNKNOWN_VERSION("unknown_version", true),
    STALE_EPOCH("stale_epoch", true),
    SUPERSEDED("superseded", true),
    TOO_MANY("too_many_connections", false),
    BAD_CRC("bad_crc", false),
    OVERSIZED("oversized_frame", false),
    MALFORMED("malformed_frame", false),
    HOLE("sequence_hole", false),
    SPOOL_FULL("spool_full", false),
    SPOOL_FAILED("spool_failed", false),
    TRUNCATED("truncated_frame", false),
    SILENT("no_hello", false);

    private final String label;
    private final boolean permanent;

    Refusal(String label, boolean permanent) {
        this.label = label;
        this.permanent = permanent;
    }

    /** Value of the metric's {@code cause} label. */
    public String label() {
        return label;
    }

    /** Whether retrying as it is will not help. */
    boolean permanent() {
        return permanent;
    }
}
