/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import dev.defender.publisher.http.Response;

/** What the contract says to do with an answer. */
enum Treatment {
    /** 202: the backend has it where a power cut does not reach it. */
    ACCEPTED,
    /** 413: send it in halves; a single record waits like any other refusal. */
    SPLIT,
    /** 400 or 422 with our problem type: the body itself is bad. */
    BAD,
    /** 401: the certificate is not accepted. */
    UNAUTHENTICATED,
    /** 403: the certificate is not for this. */
    FORBIDDEN,
    /** 429 and 503: later. */
    BUSY,
    /** 426: the backend does not speak this protocol any more, or not yet. */
    UNSUPPORTED,
    /** Everything else: wait and try again, because nothing says that the records are bad. */
    HOLD;

    private static final String BAD_BATCH = "urn:defender:problem:bad-batch";

    static Treatment of(Response response) {
        return switch (response.status()) {
            case 202 -> ACCEPTED;
            case 413 -> SPLIT;
            case 400, 422 -> saysBadBatch(response) ? BAD : HOLD;
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 426 -> UNSUPPORTED;
            case 429, 503 -> BUSY;
            default -> HOLD;
        };
    }

    /** A proxy's 400 says nothing about the batch: type and media type must both be ours. */
    private static boolean saysBadBatch(Response response) {
        if (!response.header("content-type").startsWith("application/problem+json")) {
            return false;
        }
        String text = response.text();
        int type = text.indexOf("\"type\"");
        int value = text.indexOf('"' + BAD_BATCH + '"');
        return type >= 0 && value > type;
    }
}
