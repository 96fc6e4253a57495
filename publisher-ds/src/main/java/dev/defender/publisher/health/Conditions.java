/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The publisher's conditions, in the Kubernetes style. A change is a log line and a health record. Any thread. */
public final class Conditions {
    public static final String SPOOL_FULL = "SpoolFull";
    public static final String SPOOL_FAILED = "SpoolFailed";
    public static final String CREDENTIALS_INVALID = "CredentialsInvalid";
    public static final String BACKEND_UNREACHABLE = "BackendUnreachable";
    public static final String BACKEND_REFUSES = "BackendRefuses";

    /**
     * @param type one of this class's names
     * @param status whether it holds
     * @param reason one word for programs
     * @param message one sentence for people
     */
    public record Condition(String type, boolean status, String reason, String message) {}

    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private final Console console;
    private volatile Runnable onChange = () -> {};

    public Conditions(Console console) {
        this.console = console;
    }

    /** {@code action} runs after each change, in the thread that made it. */
    public void onChange(Runnable action) {
        onChange = action;
    }

    /** The condition holds; says so once per reason. */
    public void raise(String type, String reason, String message) {
        synchronized (this) {
            Condition before = conditions.get(type);
            if (before != null && before.status && before.reason.equals(reason)) {
                return;
            }
            conditions.put(type, new Condition(type, true, reason, message));
        }
        console.trouble(type + " (" + reason + "): " + message);
        onChange.run();
    }

    /** The condition no longer holds. */
    public void clear(String type) {
        synchronized (this) {
            Condition before = conditions.get(type);
            if (before == null || !before.status) {
                return;
            }
            conditions.put(type, new Condition(type, false, "Resolved", ""));
        }
        console.trouble(type + ": resolved");
        onChange.run();
    }

    public synchronized boolean holds(String type) {
        Condition condition = conditions.get(type);
        return condition != null && condition.status;
    }

    /** All that ever held, in the order of their first time. */
    public synchronized List<Condition> all() {
        return new ArrayList<>(conditions.values());
    }
}
