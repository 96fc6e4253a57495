/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

/** Who may call a route. */
public enum Access {
    /** Anyone; what is served must hold no secret. */
    OPEN,
    /** The bearer of an API token, at least viewer. */
    VIEWER,
    /** At least analyst. */
    ANALYST,
    /** Admin only. */
    ADMIN,
    /** A node with its client certificate. */
    NODE
}
