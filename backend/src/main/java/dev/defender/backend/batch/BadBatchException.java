/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.batch;

/** A batch that no retry makes good: the one case in which a publisher may put it aside. Says what is wrong and where. */
public final class BadBatchException extends Exception {
    /** @param detail one sentence for the publisher's operator, with the byte offset or the sequence */
    public BadBatchException(String detail) {
        super(detail);
    }
}
