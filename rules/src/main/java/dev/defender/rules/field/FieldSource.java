/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.field;

/**
 * One event as the engine sees it. The engine asks only for what the rules at hand need, at most once per field, depth and
 * event, so an implementation need not cache. Nothing here may allocate in steady use.
 *
 * <p>A value that is not known is missing, and a missing value makes every check on it false, {@code !=} included; never
 * answer 0 or an empty text for "not known".
 *
 * <p>An instance is used by one thread at a time and must not change during a call to the matcher.
 */
public interface FieldSource {
    /** What {@link #number} answers for a missing value. */
    long MISSING = Long.MIN_VALUE;

    /**
     * Value of a field of kind {@link FieldKind#NUMBER} or {@link FieldKind#FLAG} (1 = true, 0 = false).
     *
     * @param depth whose value, for a field that is {@linkplain Field#ofAncestors known of ancestors too}: 0 is the process
     *     of the event, 1 its parent and so on; 0 for every other field
     * @return the value, or {@link #MISSING}
     */
    long number(Field field, int depth);

    /**
     * Value of a field of kind {@link FieldKind#TEXT} (bytes as the kernel gave them, no trailing NUL) or
     * {@link FieldKind#ADDRESS} (4 or 16 bytes, network order).
     *
     * @param depth as in {@link #number}; the first depth for which a field is missing ends the line of ancestors
     * @param into filled when the answer is true; what it shows must stay unchanged until the match call returns
     * @return false if the value is missing
     */
    boolean text(Field field, int depth, Slice into);

    /**
     * A label of the pod.
     *
     * @param into as in {@link #text}
     * @return false if the pod has no such label, or its labels are not known
     */
    default boolean label(String key, Slice into) {
        return false;
    }
}
