/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JsonScannerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 300)
    void whatIsReadIsWhatStandsThereHoweverItComes(
            @ForAll("documents") JsonNode document, @ForAll @IntRange(min = 1, max = 40) int piece) throws IOException {
        byte[] text = JSON.writeValueAsBytes(document);
        JsonScanner stream = new JsonScanner(piece);
        ByteArrayInputStream in = new ByteArrayInputStream(text);
        stream.stream((into, offset, length) -> in.read(into, offset, Math.min(length, piece)));
        assertThat(read(stream)).isEqualTo(document);
        stream.end();

        JsonScanner whole = new JsonScanner(0);
        whole.text(text, 0, text.length);
        assertThat(read(whole)).isEqualTo(document);
    }

    @Property(tries = 200)
    void passingOverEndsWhereReadingDoes(
            @ForAll("documents") JsonNode document, @ForAll @IntRange(min = 1, max = 40) int piece) throws IOException {
        byte[] text = ("[" + JSON.writeValueAsString(document) + ",\"after\"]").getBytes(StandardCharsets.UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(text);
        JsonScanner scanner = new JsonScanner(piece);
        scanner.stream(in::read);
        scanner.beginArray();
        assertThat(scanner.nextElement()).isTrue();
        scanner.skip();
        assertThat(scanner.nextElement()).isTrue();
        assertThat(scanner.string()).isEqualTo("after");
        assertThat(scanner.nextElement()).isFalse();
        scanner.end();
    }

    @Test
    void aCutTextIsNoText() {
        byte[] text = "{\"items\":[{\"a\":1},{\"a\"".getBytes(StandardCharsets.UTF_8);
        JsonScanner scanner = new JsonScanner(0);
        scanner.text(text, 0, text.length);
        assertThatThrownBy(() -> read(scanner)).isInstanceOf(EOFException.class);
    }

    @Test
    void somethingBehindTheEndIsAnError() throws IOException {
        JsonScanner scanner = new JsonScanner(0);
        byte[] text = "{} \n {}".getBytes(StandardCharsets.UTF_8);
        scanner.text(text, 0, text.length);
        scanner.skip();
        assertThatThrownBy(scanner::end).isInstanceOf(IOException.class);
    }

    private static JsonNode read(JsonScanner scanner) throws IOException {
        switch (scanner.peek()) {
            case '{' -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                scanner.beginObject();
                while (scanner.nextMember()) {
                    String key = new String(scanner.key(), 0, scanner.keyLength(), StandardCharsets.UTF_8);
                    object.set(JSON.readTree("\"" + key + "\"").asText(), read(scanner));
                }
                return object;
            }
            case '[' -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                scanner.beginArray();
                while (scanner.nextElement()) {
                    array.add(read(scanner));
                }
                return array;
            }
            case '"' -> {
                return JsonNodeFactory.instance.textNode(scanner.string());
            }
            default -> {
                ByteSink sink = new ByteSink(16, 64);
                scanner.copyScalar(sink);
                return JSON.readTree(sink.bytes(), 0, sink.length());
            }
        }
    }

    @Provide
    static Arbitrary<JsonNode> documents() {
        return values(3);
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30).map(text -> JsonNodeFactory.instance.textNode(repaired(text))),
                Arbitraries.integers().map(JsonNodeFactory.instance::numberNode),
                Arbitraries.of(true, false).map(JsonNodeFactory.instance::booleanNode),
                Arbitraries.just(JsonNodeFactory.instance.nullNode()));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<JsonNode> inner = Arbitraries.lazy(() -> values(depth - 1));
        Arbitrary<JsonNode> arrays = inner.list().ofMaxSize(4).map(JsonScannerTest::array);
        Arbitrary<JsonNode> objects = Arbitraries.maps(
                        Arbitraries.strings().ofMaxLength(12).map(JsonScannerTest::repaired), inner)
                .ofMaxSize(4)
                .map(members -> {
                    ObjectNode object = JsonNodeFactory.instance.objectNode();
                    members.forEach(object::set);
                    return object;
                });
        return Arbitraries.oneOf(scalars, arrays, objects);
    }

    private static JsonNode array(List<JsonNode> elements) {
        return JsonNodeFactory.instance.arrayNode().addAll(elements);
    }

    /** Half a surrogate pair is no text that can be encoded. */
    private static String repaired(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
