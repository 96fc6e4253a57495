/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.Arrays;
import java.util.Comparator;

/** Finds a field by what was written, or says which one may have been meant. */
final class FieldNames {
    private FieldNames() {}

    static Field resolve(Token token, Rows rows) throws FilterException {
        if (token.kind() != Token.Kind.WORD) {
            throw new FilterException("expected a field name, found " + token.shown(), token.position());
        }
        Field field = Field.named(token.text());
        if (field != null && field.of(rows)) {
            return field;
        }
        if (field != null) {
            String owners =
                    field.of(Rows.ALERT) && !field.of(Rows.EVENT) ? "only alerts have" : rows.plural() + " do not have";
            throw new FilterException(owners + " the field " + field.fieldName(), token.position());
        }
        throw new FilterException(
                "unknown field " + token.shown() + "; did you mean " + nearest(token.text(), rows) + "?",
                token.position());
    }

    private static String nearest(String name, Rows rows) {
        return Arrays.stream(Field.values())
                .filter(field -> field.of(rows))
                .map(Field::fieldName)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
    }

    /** Levenshtein distance; what goes past 64 characters is no typing error and is cut. */
    private static int distance(String left, String right) {
        String name = left.length() > 64 ? left.substring(0, 64) : left;
        int[] row = new int[right.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= name.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substituted = diagonal + (name.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
