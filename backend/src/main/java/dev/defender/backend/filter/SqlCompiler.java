/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compiles a filter to a condition of PostgreSQL. Every value becomes a parameter, never text of the statement. */
public final class SqlCompiler {
    private final Function<Field, String> columns;
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    private SqlCompiler(Function<Field, String> columns) {
        this.columns = columns;
    }

    /**
     * @param columns the SQL expression of a field: text, bigint (or narrower), timestamptz or inet by
     *     {@link Field#type()}, NULL where the row has no such field
     */
    public static SqlCondition compile(Filter filter, Function<Field, String> columns) {
        SqlCompiler compiler = new SqlCompiler(columns);
        compiler.write(filter);
        return new SqlCondition(compiler.sql.toString(), compiler.parameters);
    }

    private void write(Filter filter) {
        switch (filter) {
            case Filter.And(List<Filter> terms) -> join(terms, " AND ", "TRUE");
            case Filter.Or(List<Filter> terms) -> join(terms, " OR ", "FALSE");
            case Filter.Not(Filter term) -> {
                // A comparison with an absent field is NULL, and NOT NULL would hide the row.
                sql.append("(NOT COALESCE(");
                write(term);
                sql.append(", FALSE))");
            }
            case Filter.Comparison comparison -> write(comparison);
        }
    }

    private void join(List<Filter> terms, String separator, String empty) {
        if (terms.isEmpty()) {
            sql.append(empty);
            return;
        }
        sql.append('(');
        for (int i = 0; i < terms.size(); i++) {
            if (i > 0) {
                sql.append(separator);
            }
            write(terms.get(i));
        }
        sql.append(')');
    }

    private void write(Filter.Comparison comparison) {
        switch (comparison.operator()) {
            case IN -> anyOf(comparison.field(), comparison.values());
            case NOT_EQUAL -> {
                sql.append("(NOT COALESCE(");
                anyOf(comparison.field(), comparison.values());
                sql.append(", FALSE))");
            }
            case CONTAINS -> call("strpos", comparison, " > 0");
            case STARTS_WITH -> call("starts_with", comparison, "");
            case EQUAL -> anyOf(comparison.field(), comparison.values());
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                sql.append('(');
                column(comparison.field());
                if (comparison.field().type() == FieldType.TEXT) {
                    // By code point, whatever collation the database was made with.
                    sql.append(" COLLATE \"C\"");
                }
                sql.append(' ').append(comparison.operator().symbol()).append(' ');
                parameter(comparison.values().getFirst());
                sql.append(')');
            }
        }
    }

    private void anyOf(Field field, List<Value> values) {
        sql.append('(');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                sql.append(" OR ");
            }
            Value value = values.get(i);
            column(field);
            sql.append(value instanceof Value.Address(String text, boolean network) && network ? " <<= " : " = ");
            parameter(value);
        }
        sql.append(')');
    }

    private void call(String function, Filter.Comparison comparison, String test) {
        sql.append('(').append(function).append('(');
        column(comparison.field());
        sql.append(", ");
        parameter(comparison.values().getFirst());
        sql.append(')').append(test).append(')');
    }

    private void column(Field field) {
        sql.append(columns.apply(field));
    }

    private void parameter(Value value) {
        switch (value) {
            case Value.Text(String text) -> {
                sql.append("CAST(? AS text)");
                parameters.add(text);
            }
            case Value.Number(long number) -> {
                sql.append("CAST(? AS bigint)");
                parameters.add(number);
            }
            case Value.Time(java.time.Instant time) -> {
                sql.append("CAST(? AS timestamptz)");
                parameters.add(time.atOffset(ZoneOffset.UTC));
            }
            case Value.Address(String text, boolean network) -> {
                sql.append("CAST(? AS inet)");
                parameters.add(text);
            }
        }
    }
}
