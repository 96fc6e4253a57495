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
import java.util.List;

/**
 * A page of rows in order of commit: {@code {"items": […], "next": cursor}}.
 *
 * @param <R> row
 */
final class ListEndpoint<R> implements Endpoint {
    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 100;

    private final FilterReader filters;
    private final Source<R> source;
    private final Join<R> join;
    private final Writer<R> writer;

    ListEndpoint(FilterReader filters, Source<R> source, Join<R> join, Writer<R> writer) {
        this.filters = filters;
        this.source = source;
        this.join = join;
        this.writer = writer;
    }

    @FunctionalInterface
    interface FilterReader {
        Filter read(String text) throws FilterException;
    }

    /** Gives the rows of a page to its sink. */
    @FunctionalInterface
    interface Source<R> {
        void rows(EventQuery query, Page<R> page) throws StoreUnavailableException, Page.FullException;
    }

    /** Adds to a page's rows what is stored elsewhere: as many rows, in the same order. */
    @FunctionalInterface
    interface Join<R> {
        List<R> join(List<R> rows) throws StoreUnavailableException;
    }

    @FunctionalInterface
    interface Writer<R> {
        void write(JsonGenerator json, R row) throws IOException;
    }

    @Override
    public void serve(Exchange exchange) throws ProblemException, IOException {
        EventQuery query = query(exchange.parameters("q", "after", "limit", "order"));
        Page<R> page = new Page<>(query.after());
        List<R> rows;
        try {
            fill(query, page);
            rows = join.join(page.rows());
        } catch (StoreUnavailableException e) {
            throw Unavailable.problem(e);
        }
        Json.stream(exchange, 200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (R row : rows) {
                writer.write(json, row);
            }
            json.writeEndArray();
            json.writeStringField("next", Long.toString(page.next()));
            json.writeEndObject();
        });
    }

    private void fill(EventQuery query, Page<R> page) throws StoreUnavailableException {
        try {
            source.rows(query, page);
        } catch (Page.FullException full) {
            // A shorter page; its cursor goes on where it ends.
            return;
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
