/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import dev.defender.backend.http.Endpoint;
import dev.defender.backend.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The OpenAPI document that this very server is held to. It tells no secret: whoever reaches the port may read it. */
final class ApiDescription implements Endpoint {
    private static final String DOCUMENT = "/openapi/defender.yaml";
    private static final String MEDIA_TYPE = "application/yaml";

    private final byte[] document;

    ApiDescription() {
        try (InputStream in = Objects.requireNonNull(
                ApiDescription.class.getResourceAsStream(DOCUMENT), "not in the jar: " + DOCUMENT)) {
            document = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(DOCUMENT + " in the jar cannot be read", e);
        }
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        exchange.send(200, MEDIA_TYPE, document);
    }
}
