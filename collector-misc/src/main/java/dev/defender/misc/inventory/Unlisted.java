/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

/** A list that was not given, or not to its end; the connection is still good. */
public final class Unlisted extends Exception {
    private static final long serialVersionUID = 1;

    /** Instead of a status of the server: the publisher has no room. */
    public static final int NO_ROOM = 0;

    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int GONE = 410;

    private final int status;
    private final int retryAfterSeconds;

    /** @param retryAfterSeconds what the server asks for; 0 if it does not */
    Unlisted(int status, int retryAfterSeconds, String message) {
        super(message, null, false, false);
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public int status() {
        return status;
    }

    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
