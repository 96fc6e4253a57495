/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

/** A command line that cannot be followed; one sentence. */
final class UsageException extends Exception {
    UsageException(String message) {
        super(message);
    }
}
