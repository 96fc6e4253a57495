/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

/** A range of sequences, both ends included, never empty. */
record Range(long first, long last) {
    long size() {
        return last - first + 1;
    }
}
