/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import dev.defender.rules.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An exception of a rule: fields, comparisons, and rows of values. With one field as a plain text, the values together are
 * the right side of one check ({@code in} by default). With a list of fields, each row holds one value per field
 * ({@code =} by default); the exception applies if all checks of any row hold.
 */
final class ExceptionDraft {
    private static final Set<String> KEYS = Set.of("name", "fields", "comps", "values");
    private static final Set<String> LIST_OPERATORS = Set.of("in", "intersects", "pmatch");

    private final String name;
    private final Position at;
    private final List<String> fields = new ArrayList<>();
    private final List<String> comparisons = new ArrayList<>();
    private final List<YamlValue> values = new ArrayList<>();
    private boolean single;

    ExceptionDraft(YamlValue item) throws PositionedException {
        at = item.at();
        Map<String, YamlValue> keys = item.entries();
        for (Map.Entry<String, YamlValue> entry : keys.entrySet()) {
            if (!KEYS.contains(entry.getKey())) {
                throw new PositionedException(
                        entry.getValue().at(),
                        "an exception has name, fields, comps and values, not '" + entry.getKey() + "'");
            }
        }
        YamlValue nameValue = keys.get("name");
        if (nameValue == null) {
            throw new PositionedException(at, "an exception needs a name");
        }
        name = nameValue.text();
        YamlValue fieldsValue = keys.get("fields");
        YamlValue compsValue = keys.get("comps");
        if (fieldsValue != null) {
            single = fieldsValue.isScalar();
            fields.addAll(single ? List.of(fieldsValue.text()) : fieldsValue.texts());
        }
        if (compsValue != null) {
            comparisons.addAll(compsValue.isScalar() ? List.of(compsValue.text()) : compsValue.texts());
        } else {
            fields.forEach(field -> comparisons.add(single ? "in" : "="));
        }
        if (comparisons.size() != fields.size()) {
            throw new PositionedException(
                    at,
                    "exception '" + name + "' has " + fields.size() + " fields and " + comparisons.size() + " comps");
        }
        YamlValue valuesValue = keys.get("values");
        if (valuesValue != null) {
            values.addAll(valuesValue.elements());
        }
    }

    String name() {
        return name;
    }

    Position at() {
        return at;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    void requireFields() throws PositionedException {
        if (fields.isEmpty()) {
            throw new PositionedException(
                    at, "exception '" + name + "' has no fields and there is no earlier one of that name");
        }
    }

    void addAll(ExceptionDraft other) {
        values.addAll(other.values);
    }

    SourceText condition() throws PositionedException {
        SourceText.Builder out = new SourceText.Builder(at.file());
        if (single) {
            out.append(fields.get(0) + " " + comparisons.get(0) + " (", at);
            for (int i = 0; i < values.size(); i++) {
                out.append(i == 0 ? "" : ", ", at);
                out.append(
                        Quoting.quoteIfNeeded(values.get(i).text()),
                        values.get(i).at());
            }
            return out.append(")", at).build();
        }
        for (int row = 0; row < values.size(); row++) {
            out.append(row == 0 ? "(" : " or (", values.get(row).at());
            appendRow(out, values.get(row));
            out.append(")", values.get(row).at());
        }
        return out.build();
    }

    private void appendRow(SourceText.Builder out, YamlValue row) throws PositionedException {
        List<YamlValue> cells = row.elements();
        if (cells.size() != fields.size()) {
            throw new PositionedException(
                    row.at(), "exception '" + name + "' has " + fields.size() + " fields, this row " + cells.size());
        }
        for (int i = 0; i < cells.size(); i++) {
            YamlValue cell = cells.get(i);
            out.append(i == 0 ? "" : " and ", cell.at());
            out.append(fields.get(i) + " " + comparisons.get(i) + " " + cell(cell, comparisons.get(i)), cell.at());
        }
    }

    private static String cell(YamlValue cell, String comparison) throws PositionedException {
        boolean list = LIST_OPERATORS.contains(comparison) || comparison.indexOf(' ') > 0;
        if (cell.isSequence()) {
            List<String> quoted =
                    cell.texts().stream().map(Quoting::quoteIfNeeded).toList();
            return "(" + String.join(", ", quoted) + ")";
        }
        String text = cell.text();
        if (!list) {
            return Quoting.quoteIfNeeded(text);
        }
        return text.startsWith("(") ? text : "(" + Quoting.quoteIfNeeded(text) + ")";
    }
}
