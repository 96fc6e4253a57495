/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.batch;

/** A batch above a size limit; halves of it may pass. */
public final class OversizedBatchException extends Exception {
    public OversizedBatchException(String detail) {
        super(detail);
    }
}
