/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.util.List;

/** What is known of the producers on the nodes. Thread-safe. */
public interface SensorStore {
    /** The newest epoch of every producer of every node. */
    List<ProducerStatus> producers() throws StoreUnavailableException;
}
