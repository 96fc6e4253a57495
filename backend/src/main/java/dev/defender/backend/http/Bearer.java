/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The Authorization header of RFC 6750. */
final class Bearer {
    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    static @Nullable String of(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        return header.substring(SCHEME.length()).strip();
    }
}
