/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.util.List;

/**
 * Alerts on their way in, as part of one unit of work of the caller: they are kept or dropped together with everything
 * else in it, and seen by nobody before. For the thread that the unit of work belongs to.
 *
 * @param <X> what the store throws; the unit of work has failed then
 */
public interface AlertSink<X extends Exception> {
    /**
     * Makes an alert of every uid that is not known yet. Of a known one the first sighting stays as it is; the further
     * one is only counted on it, so the caller leaves out records that the log has already.
     */
    void upsert(List<AlertSighting> sightings) throws X;
}
