/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

/** Overwrites what a capture must not hold. */
@FunctionalInterface
public interface ArgumentMask {
    /** Masks every byte of every argument but the first. */
    ArgumentMask ALL = (text, program, begin, end) -> {
        for (int i = begin; i < end; i++) {
            if (text[i] != 0) {
                text[i] = 'x';
            }
        }
        return end > begin ? 1 : 0;
    };

    /**
     * Overwrites in place; lengths stay.
     *
     * @param text argv[0] from {@code program} to {@code begin}, the other arguments from there to {@code end}, each ended by
     *     NUL
     * @return how many places were masked
     */
    int mask(byte[] text, int program, int begin, int end);
}
