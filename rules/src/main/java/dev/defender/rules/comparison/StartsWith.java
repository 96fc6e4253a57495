/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;

record StartsWith(byte[] prefix) implements TextTest {
    @Override
    public boolean test(TextValue value) {
        Slice slice = value.slice();
        return slice.length() >= prefix.length && EqualTo.hasBytesAt(prefix, slice.bytes(), slice.offset());
    }

    @Override
    public int cost() {
        return 2;
    }
}
