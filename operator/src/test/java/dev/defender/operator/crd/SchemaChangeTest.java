/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaChangeTest {
    private static final String BEFORE = "{'type':'object','required':['a'],'properties':{"
            + "'a':{'type':'string','maxLength':5},'l':{'type':'array','items':{'type':'string','pattern':'^a'}}}}";

    @ParameterizedTest(name = "{0} -> {1} is no addition")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    'maxLength':5       | 'maxLength':4                  | .a: maxLength was 5, is 4
                    'required':['a']    | 'required':['a','l']           | .l: now required
                    'type':'string','ma | 'type':'integer','ma           | .a: type was "string", is "integer"
                    '^a'                | '^b'                           | .l[]: pattern was "^a", is "^b"
                    'a':{               | 'b':{                          | .a: gone
                    'maxLength':5       | 'maxLength':5,'pattern':'x'    | .a: new restriction pattern "x"
                    """)
    void saysWhatBreaks(String part, String changed, String said) throws IOException {
        assertThat(SchemaChange.breaking(json(BEFORE), json(BEFORE.replace(part, changed))))
                .containsExactly(said);
    }

    @Test
    void newFieldsAndWiderBoundsAreAdditions() throws IOException {
        String after = BEFORE.replace("'maxLength':5", "'maxLength':9,'description':'d','default':'x'")
                .replace("'properties':{", "'properties':{'n':{'type':'object','properties':{'m':{'type':'string'}}},");
        assertThat(SchemaChange.breaking(json(BEFORE), json(after))).isEmpty();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
