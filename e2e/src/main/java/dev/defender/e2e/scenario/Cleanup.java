/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.scenario;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to go on any exit, last first. Also runs when the demo is interrupted; safe to close twice. */
public final class Cleanup implements AutoCloseable {
    private record Step(String what, AutoCloseable action) {}

    private final Deque<Step> steps = new ArrayDeque<>();

    public synchronized void add(String what, AutoCloseable action) {
        steps.push(new Step(what, action));
    }

    /** Leaves everything as it is. */
    public synchronized void forget() {
        steps.clear();
    }

    @Override
    public synchronized void close() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.action().close();
            } catch (Exception e) {
                // One that fails must not keep the others: say it and go on.
                System.err.println("demo: could not remove the " + step.what() + ": " + e.getMessage());
            }
        }
    }
}
