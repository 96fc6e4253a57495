/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.defender.backend.filter.Filter;
import dev.defender.backend.filter.FilterException;
import dev.defender.backend.http.Endpoint;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.Parameters;
import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.StoreUnavailableException;
import java.io.IOException;

/** A page of rows in order of commit: {@code {"items": […], "next": cursor}}. */
final class ListEndpoint implements Endpoint {
    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 100;

    private final FilterReader filters;
    private final Source source;

    ListEndpoint(FilterReader filters, Source source) {
        this.filters = filters;
        this.source = source;
    }

    @FunctionalInterface
    interface FilterReader {
        Filter read(String text) throws FilterException;
    }

    /** Writes the rows of a page; tells the position of each. */
    @FunctionalInterface
    interface Source {
        void write(EventQuery query, JsonGenerator json, Cursor cursor) throws StoreUnavailableException, IOException;
    }

    /** Where the page has come to. */
    static final class Cursor {
        private long position;

        private Cursor(long position) {
            this.position = position;
        }

        void passed(long row) {
            position = row;
        }
    }

    @Override
    public void serve(Exchange exchange) throws ProblemException, IOException {
        Parameters parameters = exchange.parameters("q", "after", "limit", "order");
        EventQuery query = query(parameters);
        try {
            Json.stream(exchange, 200, json -> {
                Cursor cursor = new Cursor(query.after());
                json.writeStartObject();
                json.writeArrayFieldStart("items");
                source.write(query, json, cursor);
                json.writeEndArray();
                json.writeStringField("next", Long.toString(cursor.position));
                json.writeEndObject();
            });
        } catch (StoreUnavailableException e) {
            throw Unavailable.problem(e);
        }
    }

    private EventQuery query(Parameters parameters) throws ProblemException {
        boolean newestFirst = newestFirst(parameters);
        long after = parameters.number("after", 0, Long.MAX_VALUE, newestFirst ? Long.MAX_VALUE : 0);
        int limit = (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        String q = parameters.text("q");
        try {
            return new EventQuery(q == null ? Filter.ALL : filters.read(q), after, limit, newestFirst);
        } catch (FilterException e) {
            throw new ProblemException(Problem.badFilter(
                    "parameter \"q\", at position " + e.position() + ": " + e.getMessage(), e.position()));
        }
    }

    private static boolean newestFirst(Parameters parameters) throws ProblemException {
        String order = parameters.text("order");
        if (order == null || order.equals("oldest")) {
            return false;
        }
        if (order.equals("newest")) {
            return true;
        }
        throw new ProblemException(Problem.badRequest("parameter \"order\" must be oldest or newest"));
    }
}
