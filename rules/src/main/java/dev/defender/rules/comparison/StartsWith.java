/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class StartsWith extends TextTest {
    private final byte[] prefix;

    StartsWith(byte[] prefix) {
        this.prefix = prefix;
    }

    @Override
    public boolean test(TextValue value) {
        Slice slice = value.slice();
        return slice.length() >= prefix.length && EqualTo.hasBytesAt(prefix, slice.bytes(), slice.offset());
    }

    @Override
    public @Nullable Literals literals() {
        return prefix.length == 0 ? null : new Literals(Literals.Place.START, List.of(prefix));
    }

    @Override
    public int cost() {
        return 2;
    }
}
