/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import dev.defender.backend.filter.Field;
import dev.defender.backend.filter.SqlCompiler;
import dev.defender.backend.filter.SqlCondition;
import dev.defender.backend.store.EventQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Function;

/** A page by position as a statement. */
final class PositionQuery {
    private static final int FETCHED_AT_ONCE = 500;

    private PositionQuery() {}

    /** @param select everything before WHERE */
    static PreparedStatement prepare(
            Connection connection, String select, EventQuery query, Function<Field, String> columns)
            throws SQLException {
        SqlCondition condition = SqlCompiler.compile(query.filter(), columns);
        String order = query.newestFirst()
                ? " AND r.position < ? ORDER BY r.position DESC LIMIT ?"
                : " AND r.position > ? ORDER BY r.position LIMIT ?";
        PreparedStatement statement = connection.prepareStatement(select + " WHERE " + condition.sql() + order);
        statement.setFetchSize(FETCHED_AT_ONCE);
        int parameter = 1;
        for (Object value : condition.parameters()) {
            statement.setObject(parameter++, value);
        }
        statement.setLong(parameter++, query.after());
        statement.setInt(parameter, query.limit());
        return statement;
    }
}
