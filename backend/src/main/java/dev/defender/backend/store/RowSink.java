/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

/**
 * Takes rows one by one on the caller's thread.
 *
 * @param <R> row
 * @param <X> what taking one can throw; it ends the query and reaches its caller
 */
@FunctionalInterface
public interface RowSink<R, X extends Exception> {
    void accept(R row) throws X;
}
