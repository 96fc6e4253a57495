/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.List;

/** A parsed filter. Immutable; knows nothing of any store. */
public sealed interface Filter {
    /** Matches every row. */
    Filter ALL = new And(List.of());

    /** True when all hold; an empty list holds. */
    record And(List<Filter> terms) implements Filter {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /** True when one holds; an empty list does not hold. */
    record Or(List<Filter> terms) implements Filter {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    record Not(Filter term) implements Filter {}

    /** One comparison; {@link Operator#IN} has one or more values, every other operator exactly one. */
    record Comparison(Field field, Operator operator, List<Value> values) implements Filter {
        public Comparison {
            values = List.copyOf(values);
        }
    }
}
