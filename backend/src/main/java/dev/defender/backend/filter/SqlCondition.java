/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.Collections;
import java.util.List;

/**
 * A boolean SQL expression for PostgreSQL that is never NULL.
 *
 * @param sql in parentheses or a constant, one {@code ?} per parameter; contains nothing that a user wrote
 * @param parameters for {@code PreparedStatement.setObject}, in order: String, Long or OffsetDateTime
 */
public record SqlCondition(String sql, List<Object> parameters) {
    public SqlCondition {
        parameters = Collections.unmodifiableList(parameters);
    }
}
