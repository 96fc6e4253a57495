/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

/** Identities cannot be read or changed now, because their store does not answer. */
public final class IdentityUnavailableException extends Exception {
    IdentityUnavailableException(String detail, Throwable cause) {
        super(detail, cause);
    }
}
