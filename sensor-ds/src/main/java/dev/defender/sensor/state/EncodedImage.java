/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import org.jspecify.annotations.Nullable;

/**
 * Fields of a {@code defender.v1.Process} that stay the same while an image runs, ready to be copied into each of its
 * events. Filled by the encoder on first use; the array comes from the table's pool and goes back with the image.
 */
public final class EncodedImage {
    private byte @Nullable [] bytes;
    private int briefEnd;
    private int end;
    private int argsStart;
    private int argsEnd;
    private int redacted;
    private int repaired;

    EncodedImage() {}

    /** The encoded fields, or null if they are not there yet. */
    public byte @Nullable [] bytes() {
        return bytes;
    }

    /** End of the fields that also describe a parent: name and file. */
    public int briefEnd() {
        return briefEnd;
    }

    /** End of all fields. */
    public int end() {
        return end;
    }

    /** Where the masked arguments without the first begin in {@link #bytes}. */
    public int argsStart() {
        return argsStart;
    }

    public int argsEnd() {
        return argsEnd;
    }

    /** Secrets masked in the fields. */
    public int redacted() {
        return redacted;
    }

    /** Texts that were cut or repaired in the fields. */
    public int repaired() {
        return repaired;
    }

    /** @param pooled from the table's pool */
    public void fill(byte[] pooled, int briefFields, int allFields, int maskedSecrets, int repairedTexts) {
        bytes = pooled;
        briefEnd = briefFields;
        end = allFields;
        redacted = maskedSecrets;
        repaired = repairedTexts;
    }

    /** Where the masked arguments stand in {@link #bytes}. */
    public void args(int start, int stop) {
        argsStart = start;
        argsEnd = stop;
    }

    byte @Nullable [] takeBytes() {
        byte[] taken = bytes;
        bytes = null;
        return taken;
    }

    void clear() {
        bytes = null;
        end = 0;
    }
}
