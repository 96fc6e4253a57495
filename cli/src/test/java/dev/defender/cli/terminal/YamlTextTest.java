/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class YamlTextTest {
    @Test
    void texts_that_look_like_something_else_stay_texts() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("on", "yes");
        inner.put("number", List.of("1e3", 7, true, "0x1f"));
        inner.put("empty", Map.of());
        inner.put("lines", "a\nb c\n");
        inner.put("items", List.of(Map.of("a", "b"), List.of("c")));
        assertThat(YamlText.of(Map.of("outer", inner))).isEqualTo("""
                outer:
                  "on": "yes"
                  number:
                  - "1e3"
                  - 7
                  - true
                  - "0x1f"
                  empty: {}
                  lines: |
                    a
                    b c
                  items:
                  - a: "b"
                  -
                    - "c"
                """);
    }

    @Property(tries = 300)
    void what_is_written_is_read_again(@ForAll("documents") Map<String, Object> document) {
        assertThat(new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                        .loadFromString(YamlText.of(document)))
                .isEqualTo(document);
    }

    @Provide
    static Arbitrary<Map<String, Object>> documents() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).map(text -> (Object) text),
                Arbitraries.strings().withChars("a b:\n-#|").ofMaxLength(12).map(text -> (Object) text),
                Arbitraries.integers().map(number -> (Object) number),
                Arbitraries.of(true, false).map(bool -> (Object) bool));
        Arbitrary<String> keys = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8), Arbitraries.of("yes", "on", "null", "1", "a-b", "ca.pem"));
        Arbitrary<Object> values = Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars.list().ofMaxSize(3).map(list -> (Object) new ArrayList<>(list)),
                () -> Arbitraries.maps(keys, scalars).ofMaxSize(3).map(map -> (Object) map),
                () -> Arbitraries.maps(keys, scalars)
                        .ofMaxSize(2)
                        .list()
                        .ofMaxSize(2)
                        .map(list -> (Object) new ArrayList<Object>(list)));
        return Arbitraries.maps(keys, values).ofMinSize(1).ofMaxSize(4).map(LinkedHashMap::new);
    }
}
