/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpHeaders;

/** An answer of the backend. */
public record Answer(int status, HttpHeaders headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public JsonNode json() throws IOException {
        return JSON.readTree(body);
    }

    /** Last part of the problem's type. */
    public String problem() throws IOException {
        return json().path("type").asText().replace("urn:defender:problem:", "");
    }

    public String detail() throws IOException {
        return json().path("detail").asText();
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
