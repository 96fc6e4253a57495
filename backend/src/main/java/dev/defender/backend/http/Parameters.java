/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request. */
public final class Parameters {
    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    static Parameters of(Fields fields, Set<String> known) throws ProblemException {
        Map<String, String> values = new HashMap<>();
        for (Fields.Field field : fields) {
            if (!known.contains(field.getName())) {
                throw new ProblemException(Problem.badRequest("unknown parameter \"" + field.getName()
                        + "\"; known are " + String.join(", ", new TreeSet<>(known))));
            }
            if (field.hasMultipleValues()) {
                throw new ProblemException(
                        Problem.badRequest("parameter \"" + field.getName() + "\" is given more than once"));
            }
            values.put(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        return new Parameters(values);
    }

    public @Nullable String text(String name) {
        return values.get(name);
    }

    /** A whole number from {@code least} to {@code most}; {@code absent} when it is not given. */
    public long number(String name, long least, long most, long absent) throws ProblemException {
        String value = values.get(name);
        if (value == null) {
            return absent;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, like a number out of bounds.
        }
        throw new ProblemException(
                Problem.badRequest("parameter \"" + name + "\" must be a whole number from " + least + " to " + most));
    }
}
