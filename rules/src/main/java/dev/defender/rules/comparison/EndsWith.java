/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class EndsWith extends TextTest {
    private final byte[] suffix;

    EndsWith(byte[] suffix) {
        this.suffix = suffix;
    }

    @Override
    public boolean test(TextValue value) {
        Slice slice = value.slice();
        int from = slice.length() - suffix.length;
        return from >= 0 && EqualTo.hasBytesAt(suffix, slice.bytes(), slice.offset() + from);
    }

    @Override
    public @Nullable Literals literals() {
        return suffix.length == 0 ? null : new Literals(Literals.Place.END, List.of(suffix));
    }

    @Override
    public int cost() {
        return 2;
    }
}
