/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.nodetoken;

/** Keys that no token can be checked with, and why. */
public final class BadNodeKeysException extends Exception {
    BadNodeKeysException(String detail) {
        super(detail);
    }
}
