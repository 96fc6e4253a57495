/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.defender.cli.terminal.Terminal;
import picocli.CommandLine.Option;

/** A table for people, or the API's own JSON for programs. */
final class OutputFormat {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    enum Form {
        table,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
    Form form = Form.table;

    boolean json() {
        return form == Form.json;
    }

    static void print(Terminal terminal, JsonNode value) {
        try {
            terminal.out().println(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }
}
