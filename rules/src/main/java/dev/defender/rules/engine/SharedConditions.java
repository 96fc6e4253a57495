/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.condition.Condition;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what the conditions of a rule set have in common: a macro's condition is one object wherever the macro is used. */
public final class SharedConditions {
    private final Set<Condition> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Condition> shared = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Condition, Integer> memos = new IdentityHashMap<>();

    public SharedConditions(Collection<Condition> conditions) {
        conditions.forEach(this::visit);
    }

    private void visit(Condition condition) {
        List<Condition> parts = switch (condition) {
            case Condition.And and -> and.operands();
            case Condition.Or or -> or.operands();
            case Condition.Not not -> List.of(not.operand());
            default -> List.of();
        };
        if (parts.isEmpty()) {
            return;
        }
        if (seen.add(condition)) {
            parts.forEach(this::visit);
        } else {
            shared.add(condition);
        }
    }

    boolean isShared(Condition condition) {
        return shared.contains(condition);
    }

    /** The place that is kept for the condition's answer. */
    int memo(Condition condition, Slots slots) {
        return memos.computeIfAbsent(condition, absent -> slots.memo());
    }
}
