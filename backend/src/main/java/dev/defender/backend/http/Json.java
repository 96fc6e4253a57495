/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;

/** JSON bodies, in and out. */
public final class Json {
    static final String MEDIA_TYPE = "application/json";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NullableIsOptional())
            .build();

    private Json() {}

    /** Writes one JSON value. @param <X> what fetching the data to write can throw */
    @FunctionalInterface
    public interface Writer<X extends Exception> {
        void write(JsonGenerator json) throws X, IOException;
    }

    /** Reads the body as a record: every component that is not {@code @Nullable} must be there, and nothing else. */
    public static <T> T read(Exchange exchange, int limit, Class<T> type) throws ProblemException, IOException {
        String mediaType = exchange.header("Content-Type");
        if (mediaType == null || !mediaType.split(";", 2)[0].strip().equalsIgnoreCase(MEDIA_TYPE)) {
            throw new ProblemException(Problem.unsupportedMediaType("send the body as application/json"));
        }
        byte[] body = exchange.body(limit);
        try {
            return MAPPER.readValue(body, type);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : ", at line " + e.getLocation().getLineNr() + " column "
                            + e.getLocation().getColumnNr();
            throw new ProblemException(
                    Problem.badRequest("the body cannot be read: " + e.getOriginalMessage() + where));
        }
    }

    /** Streams an answer. A failure before the first 32 KiB are out still becomes a problem document. */
    public static <X extends Exception> void stream(Exchange exchange, int status, Writer<X> writer)
            throws X, IOException {
        OutputStream stream = exchange.stream(status, MEDIA_TYPE);
        JsonGenerator json = MAPPER.getFactory().createGenerator(stream);
        // Closed only on success: closing ends the answer, and half an answer must not look like a whole one.
        writer.write(json);
        json.close();
    }
}
