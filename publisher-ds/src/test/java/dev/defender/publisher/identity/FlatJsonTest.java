/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {
    @Property(tries = 200)
    void aJsonLibraryReadsWhatItWritesAndItReadsWhatTheLibraryWrites(@ForAll String value) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        String written = FlatJson.write("name", value, "other", "x");
        // Lone surrogates are no characters; what is said of them is not the point here.
        if (value.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            assertThat(mapper.readTree(written).get("name").asText()).isEqualTo(value);
            assertThat(FlatJson.read(mapper.writeValueAsString(Map.of("name", value))))
                    .containsEntry("name", value);
        }
        assertThat(FlatJson.read(written)).containsEntry("name", value).containsEntry("other", "x");
    }

    @Test
    void membersThatAreNoStringsArePassedOver() {
        assertThat(FlatJson.read(
                        " { \"a\" : 1, \"b\":{\"c\":[1,\"}\"]} ,\"d\":true,\"e\":null, \"f\":\"\\u00e9\\n\" } "))
                .containsOnly(Map.entry("f", "é\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"a\"}", "{\"a\":\"b", "{\"a\":\"\\u12", "{\"a\":\"\\uzzzz\"}", "<html>"})
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> FlatJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
