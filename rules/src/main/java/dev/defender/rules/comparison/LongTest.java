/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import org.jspecify.annotations.Nullable;

/** A test of one present number. A class and not an interface because the JVM's first compiler calls those slowly. */
public abstract class LongTest {
    public abstract boolean test(long value);

    /** The numbers that it holds for if these are few, else null. */
    public long @Nullable [] values() {
        return null;
    }
}
