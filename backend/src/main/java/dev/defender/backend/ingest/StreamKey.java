/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.store.EventRow;
import dev.defender.protocol.v1.BatchHeader;

/** The name of a stream. A node can name only its own: gaps and cuts about others carry no node. */
record StreamKey(String cluster, String node, String bootId, String producer, long epoch) {
    static StreamKey of(BatchHeader header) {
        return new StreamKey(
                header.getCluster(), header.getNode(), header.getBootId(), header.getProducer(), header.getEpoch());
    }

    static StreamKey of(EventRow row) {
        return new StreamKey(row.cluster(), row.node(), row.bootId(), row.producer(), row.epoch());
    }

    StreamKey sibling(String otherBootId, String otherProducer, long otherEpoch) {
        return new StreamKey(cluster, node, otherBootId, otherProducer, otherEpoch);
    }
}
