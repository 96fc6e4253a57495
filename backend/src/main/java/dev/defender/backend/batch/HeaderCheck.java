/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.batch;

import dev.defender.protocol.v1.BatchHeader;
import dev.defender.protocol.v1.Lane;

/** Bounds of the fields of a batch header. */
final class HeaderCheck {
    private static final int MAX_NAME = 253; // a Kubernetes node name is a DNS subdomain
    private static final int MAX_CLOCKS = 1000;

    private HeaderCheck() {}

    static void check(BatchHeader header) throws BadBatchException {
        name("cluster", header.getCluster());
        name("node", header.getNode());
        name("boot_id", header.getBootId());
        name("producer", header.getProducer());
        if (header.getLane() == Lane.UNRECOGNIZED) {
            throw new BadBatchException("the batch header's lane is " + header.getLaneValue() + "; known are 0 and 1");
        }
        if (header.getEpoch() <= 0) {
            throw new BadBatchException("the batch header's epoch is " + Long.toUnsignedString(header.getEpoch())
                    + "; it is a time since boot in ns");
        }
        if (header.getCount() < 1 || header.getCount() > BatchLimits.RECORDS) {
            throw new BadBatchException("the batch header counts " + Integer.toUnsignedString(header.getCount())
                    + " records; a batch has 1 to " + BatchLimits.RECORDS);
        }
        if (header.getClocksCount() > MAX_CLOCKS) {
            throw new BadBatchException(
                    "the batch header has " + header.getClocksCount() + " clock pairs; at most " + MAX_CLOCKS);
        }
    }

    /** Printable ASCII: these names go into logs, metrics and pages. */
    private static void name(String field, String value) throws BadBatchException {
        if (value.isEmpty() || value.length() > MAX_NAME || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new BadBatchException("the batch header's " + field + " must be 1 to " + MAX_NAME
                    + " printable ASCII characters without blanks");
        }
    }
}
