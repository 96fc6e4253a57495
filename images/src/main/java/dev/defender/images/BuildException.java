/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

/** An image cannot be made; the message is one sentence for the person who builds. */
final class BuildException extends Exception {
    private static final long serialVersionUID = 1L;

    BuildException(String message) {
        super(message);
    }

    BuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
