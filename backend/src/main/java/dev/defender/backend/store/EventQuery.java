/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import dev.defender.backend.filter.Filter;

/**
 * A page of events or alerts.
 *
 * @param after rows behind this position in the order asked for; it itself is not part of the page
 * @param limit most rows, at least 1
 * @param newestFirst descending positions; a first page then starts at {@link Long#MAX_VALUE}
 */
public record EventQuery(Filter filter, long after, int limit, boolean newestFirst) {}
