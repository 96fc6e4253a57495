/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.condition.Condition;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Counts the checks of a condition as if no part of it were shared, without walking shared parts again. */
final class ConditionSize {
    private final Map<Condition, Long> known = new IdentityHashMap<>();

    private ConditionSize() {}

    static long of(Condition condition) {
        return new ConditionSize().count(condition);
    }

    private long count(Condition condition) {
        Long counted = known.get(condition);
        if (counted != null) {
            return counted;
        }
        long size = switch (condition) {
            case Condition.And and -> sum(and.operands());
            case Condition.Or or -> sum(or.operands());
            case Condition.Not not -> count(not.operand());
            default -> 1;
        };
        known.put(condition, size);
        return size;
    }

    private long sum(List<Condition> conditions) {
        long sum = 0;
        for (Condition condition : conditions) {
            sum = Math.min(Integer.MAX_VALUE, sum + count(condition));
        }
        return sum;
    }
}
