/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The CRD as it is committed: what the generator made of the Java types, with the columns in the order of a table. */
final class CrdFile {
    static final Path GENERATED = Path.of("target/classes/META-INF/fabric8/defenderprofiles.defender.dev-v1.yml");
    static final Path COMMITTED = Path.of("../crds/defenderprofiles.defender.dev.yaml");
    static final Path IN_CHART =
            Path.of("../charts/defender-for-containers/files/crds/defenderprofiles.defender.dev.yaml");

    private static final String HEAD = "# SPDX-License-Identifier: Apache-2.0\n"
            + "# Generated from the Java types in operator/; CrdFilesTest says how to write it again.\n";
    private static final List<String> COLUMNS =
            List.of("Enabled", "Sensors", "Publishers", "Ready", "Reason", "Message", "Age");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR));

    private CrdFile() {}

    static String rendered() throws IOException {
        JsonNode crd = YAML.readTree(Files.readString(GENERATED));
        for (JsonNode version : crd.path("spec").path("versions")) {
            order((ObjectNode) version);
        }
        return HEAD + YAML.writeValueAsString(crd);
    }

    static JsonNode schema(String yaml) throws IOException {
        return YAML.readTree(yaml)
                .path("spec")
                .path("versions")
                .path(0)
                .path("schema")
                .path("openAPIV3Schema");
    }

    private static void order(ObjectNode version) {
        ArrayNode sorted = YAML.createArrayNode();
        for (String name : COLUMNS) {
            for (JsonNode column : version.path("additionalPrinterColumns")) {
                if (column.path("name").asText().equals(name)) {
                    sorted.add(column);
                }
            }
        }
        if (sorted.size() != version.path("additionalPrinterColumns").size()) {
            throw new IllegalStateException("a printer column has no place in " + COLUMNS);
        }
        version.set("additionalPrinterColumns", sorted);
    }
}
