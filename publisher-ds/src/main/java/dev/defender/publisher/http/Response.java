/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * What the server answered.
 *
 * @param status HTTP status
 * @param headers by lower-case name; of a repeated one the last
 * @param body at most {@link ResponseReader#MAX_BODY_BYTES}
 */
public record Response(int status, Map<String, String> headers, byte[] body) {
    /** The header's value; empty if there is none. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean endsConnection() {
        return header("connection").toLowerCase(Locale.ROOT).contains("close");
    }
}
