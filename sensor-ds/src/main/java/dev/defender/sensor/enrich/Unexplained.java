/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.ring.HostFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Containers of which the runtime has not said enough. Each is asked about again after 1, 2, 4, … seconds, six times; who is
 * not explained by then is not a pod's container, or one of a runtime that is not known here.
 */
final class Unexplained {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MOST_QUESTIONS = 6;

    private final HostFacts facts;
    private final List<Case> open = new ArrayList<>();
    private final List<Case> given = new ArrayList<>();
    private long total;

    private static final class Case {
        final long cgroupKey;
        final Container container;
        int asked;
        long due;

        Case(long cgroupKey, Container container) {
            this.cgroupKey = cgroupKey;
            this.container = container;
        }
    }

    Unexplained(HostFacts facts) {
        this.facts = facts;
    }

    void add(long cgroupKey, Container container) {
        open.add(new Case(cgroupKey, container));
        total++;
    }

    void askAgain(long nowBootNs) {
        for (int i = open.size() - 1; i >= 0; i--) {
            Case one = open.get(i);
            if (one.due == 0) {
                one.due = nowBootNs + SECOND_NS;
            } else if (nowBootNs >= one.due) {
                ask(i, one, nowBootNs);
            }
        }
    }

    private void ask(int index, Case one, long nowBootNs) {
        ContainerFacts told = facts.container(one.cgroupKey, new String(one.container.id(), StandardCharsets.US_ASCII));
        if (told != null && told != one.container.facts()) {
            one.container.learn(told, true);
        }
        if (told != null && told.full()) {
            open.remove(index);
        } else if (++one.asked == MOST_QUESTIONS) {
            open.remove(index);
            given.add(one);
        } else {
            one.due = nowBootNs + (SECOND_NS << one.asked);
        }
    }

    void remove(long cgroupKey) {
        if (!open.isEmpty() || !given.isEmpty()) {
            open.removeIf(one -> one.cgroupKey == cgroupKey);
            given.removeIf(one -> one.cgroupKey == cgroupKey);
        }
    }

    void clear() {
        open.clear();
        given.clear();
    }

    long total() {
        return total;
    }

    int missing() {
        return open.size() + given.size();
    }
}
