/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;

/** A text under test, with a hash that is computed at most once. Reused. */
public final class TextValue {
    private static final int HEAD = 8;
    private static final int TAIL = 4;

    private final Slice slice = new Slice();
    private int hash;
    private boolean hashed;

    /** The bytes; call {@link #changed} after filling it. */
    public Slice slice() {
        return slice;
    }

    public void changed() {
        hashed = false;
    }

    /** Hash of length, head and tail: constant time however long the text is. */
    int hash() {
        if (!hashed) {
            hash = hash(slice.bytes(), slice.offset(), slice.length());
            hashed = true;
        }
        return hash;
    }

    static int hash(byte[] bytes, int offset, int length) {
        int hash = length;
        int head = offset + Math.min(HEAD, length);
        for (int i = offset; i < head; i++) {
            hash = 31 * hash + bytes[i];
        }
        for (int i = offset + Math.max(0, length - TAIL); i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 15;
    }
}
