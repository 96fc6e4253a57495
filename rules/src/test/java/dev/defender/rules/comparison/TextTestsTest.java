/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.rules.condition.Operator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns and searches on their own. */
class TextTestsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "* ~ x ~ true",
                "a*c ~ abbc ~ true",
                "a*c ~ abbcd ~ false",
                "a*b*c ~ a-b-b-c ~ true",
                "*a ~ bca ~ true",
                "a? ~ a ~ false",
                "a?c ~ a/c ~ true",
                "[a-c]x ~ bx ~ true",
                "[!a-c]x ~ bx ~ false",
                "[^a-c]x ~ dx ~ true",
                "[]]x ~ ]x ~ true",
                "[a ~ [a ~ true",
                "[[]*] ~ [kworker] ~ true",
                "[[]*] ~ kworker ~ false",
                "a\\*c ~ a*c ~ true",
                "a\\*c ~ abc ~ false",
                "*\\*c ~ xc ~ false",
                "*\\*c ~ x*c ~ true",
                "a*[bc] ~ axc ~ true",
                "ab*ba ~ aba ~ false",
            })
    void globs(String pattern, String text, boolean expected) throws BadValueException {
        assertThat(TextTests.of(Operator.GLOB, pattern).test(value(text))).isEqualTo(expected);
    }

    @Property(tries = 300)
    void findsAllTextsInOnePass(
            @ForAll("words") List<String> needles, @ForAll("texts") String text, @ForAll boolean fold) {
        Needles collected = new Needles(fold);
        List<Integer> numbers = needles.stream().map(collected::add).toList();
        NeedleScan scan = collected.build();
        long[] found = new long[scan.words()];
        scan.scan(value("zz" + text).slice(), found);
        IntStream.range(0, needles.size()).forEach(i -> {
            boolean isFound = (found[numbers.get(i) >> 6] & 1L << numbers.get(i)) != 0;
            String needle = needles.get(i);
            assertThat(isFound)
                    .as("%s in %s", needle, text)
                    .isEqualTo(fold ? lower(text).contains(lower(needle)) : text.contains(needle));
        });
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .withChars("abAB\u00e9")
                .ofMinLength(1)
                .ofMaxLength(4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(90);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abAB\u00e9").ofMaxLength(12);
    }

    /** ASCII letters only, as the language defines it. */
    private static String lower(String text) {
        return text.replace('A', 'a').replace('B', 'b');
    }

    private static TextValue value(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TextValue value = new TextValue();
        value.slice().wrap(bytes, 0, bytes.length);
        return value;
    }
}
