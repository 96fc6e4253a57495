/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import java.util.Map;

/**
 * An answer that is not what was asked for, as RFC 9457 has it.
 *
 * @param detail for the person who sees it: what is wrong, where, what to do
 * @param headers beside the document, such as Retry-After
 * @param extensions further members of the document: texts and numbers
 */
public record Problem(
        int status,
        String type,
        String title,
        String detail,
        Map<String, String> headers,
        Map<String, Object> extensions) {
    private static final String URN = "urn:defender:problem:";

    public Problem {
        headers = Map.copyOf(headers);
        extensions = Map.copyOf(extensions);
    }

    private static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, URN + type, title, detail, Map.of(), Map.of());
    }

    public static Problem badRequest(String detail) {
        return of(400, "bad-request", "The request cannot be understood", detail);
    }

    /** The only problem after which a publisher puts a batch aside. */
    public static Problem badBatch(String detail) {
        return of(400, "bad-batch", "The batch is malformed and will never be accepted", detail);
    }

    /** @param position index into the filter text, 0-based */
    public static Problem badFilter(String detail, int position) {
        return new Problem(
                400, URN + "bad-filter", "The filter cannot be read", detail, Map.of(), Map.of("position", position));
    }

    public static Problem unauthenticated(String detail) {
        return new Problem(
                401,
                URN + "unauthenticated",
                "The caller is not known",
                detail,
                Map.of("WWW-Authenticate", "Bearer"),
                Map.of());
    }

    public static Problem forbidden(String detail) {
        return of(403, "forbidden", "The caller may not do this", detail);
    }

    /** @param claim of the caller's token that is wrong */
    public static Problem forbidden(String detail, String claim) {
        return new Problem(
                403, URN + "forbidden", "The caller may not do this", detail, Map.of(), Map.of("claim", claim));
    }

    /** What is asked for is against what is there already. */
    public static Problem conflict(String detail) {
        return of(409, "conflict", "This is against what is there already", detail);
    }

    public static Problem notFound(String detail) {
        return of(404, "not-found", "There is no such thing here", detail);
    }

    /** @param allowed methods, separated by commas */
    public static Problem methodNotAllowed(String allowed) {
        return new Problem(
                405,
                URN + "method-not-allowed",
                "The method is not one of this resource",
                "this resource has " + allowed,
                Map.of("Allow", allowed),
                Map.of());
    }

    public static Problem tooLarge(String detail) {
        return of(413, "too-large", "The request is too large", detail);
    }

    public static Problem unsupportedMediaType(String detail) {
        return of(415, "unsupported-media-type", "The body is of a kind that is not read here", detail);
    }

    public static Problem unsupportedProtocol(String detail) {
        return new Problem(
                426,
                URN + "unsupported-protocol",
                "The protocol version is not spoken here",
                detail,
                Map.of("Upgrade", "Defender-Protocol/1", "Defender-Protocol", "1"),
                Map.of());
    }

    public static Problem unavailable(String detail, long retryAfterSeconds) {
        return new Problem(
                503,
                URN + "unavailable",
                "The backend cannot do this now",
                detail,
                Map.of("Retry-After", Long.toString(retryAfterSeconds)),
                Map.of());
    }

    public static Problem internal() {
        return of(
                500,
                "internal",
                "The backend failed",
                "this is a defect; the backend's log has more under the request id");
    }

    /** For what the HTTP engine refuses before a route is known. */
    static Problem ofStatus(int status, String detail) {
        return of(status, "bad-request", "The request cannot be understood", detail);
    }
}
