/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

/** Told that records wait. Called on the thread that appends; does not block. */
@FunctionalInterface
public interface RecordsSignal {
    void recordsWait();
}
