/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any or all of several tests; of none, any is false and all is true. */
final class Spread extends TextTest {
    private final TextTest[] tests;
    private final boolean all;

    Spread(List<TextTest> tests, boolean all) {
        this.tests = tests.toArray(TextTest[]::new);
        this.all = all;
    }

    @Override
    public boolean test(TextValue value) {
        for (TextTest test : tests) {
            if (test.test(value) != all) {
                return !all;
            }
        }
        return all;
    }

    @Override
    public @Nullable Literals literals() {
        List<byte[]> texts = new ArrayList<>();
        Literals.Place place = null;
        for (TextTest test : tests) {
            Literals literals = test.literals();
            if (all && literals != null) {
                return literals;
            }
            if (!all && (literals == null || (place != null && place != literals.place()))) {
                return null;
            }
            if (literals != null) {
                place = literals.place();
                texts.addAll(literals.texts());
            }
        }
        return place == null ? null : new Literals(place, texts);
    }

    @Override
    public int cost() {
        int sum = 1;
        for (TextTest test : tests) {
            sum += test.cost();
        }
        return sum;
    }
}
