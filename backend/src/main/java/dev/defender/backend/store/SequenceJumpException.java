/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

/** A node claims sequences so far ahead that believing it would make the stream's state useless. */
public final class SequenceJumpException extends Exception {
    public SequenceJumpException(String detail) {
        super(detail);
    }
}
