/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

/**
 * Fields of a {@code defender.v1.Process} that name the process and its user, ready to be copied into each of its events.
 * Filled by the encoder; stale as soon as the process changes.
 */
public final class EncodedIdentity {
    /** Names and numbers of usual length; what does not fit is encoded each time. */
    public static final int MOST_BYTES = 112;

    private final byte[] bytes = new byte[MOST_BYTES];
    private int briefEnd;
    private int end;
    private long generation;

    EncodedIdentity() {}

    /** @param userGeneration of the user names that the fields were made with */
    public boolean valid(long userGeneration) {
        return end > 0 && generation == userGeneration;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** End of the fields that also describe a parent: ids and start time. */
    public int briefEnd() {
        return briefEnd;
    }

    public int end() {
        return end;
    }

    /** The fields stand in {@link #bytes}. */
    public void fill(int briefFields, int allFields, long userGeneration) {
        briefEnd = briefFields;
        end = allFields;
        generation = userGeneration;
    }

    void clear() {
        end = 0;
    }
}
