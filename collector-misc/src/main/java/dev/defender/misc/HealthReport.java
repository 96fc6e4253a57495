/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc;

import dev.defender.misc.inventory.Collector;
import dev.defender.misc.inventory.Subscription;
import dev.defender.misc.outbox.Outbox;
import dev.defender.protocol.wire.ProtoWriter;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Health messages: when a condition changes, and once a minute. Collector thread. */
final class HealthReport {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Collector collector;
    private final Outbox outbox;
    private final String version;
    private String said = "";
    private long saidAt;

    HealthReport(Collector collector, Outbox outbox, String version) {
        this.collector = collector;
        this.outbox = outbox;
        this.version = version;
    }

    void report(long bootNanos) {
        String forbidden = named(Subscription.Standing.FORBIDDEN);
        String pending = named(Subscription.Standing.PENDING);
        String now = forbidden + ";" + pending;
        if (!now.equals(said) || bootNanos - saidAt > MINUTE_NANOS) {
            boolean told = outbox.health(body -> {
                body.string(1, "misc");
                body.string(2, version);
                body.fixed64(3, bootNanos);
                condition(
                        body,
                        "Ready",
                        pending.isEmpty(),
                        pending.isEmpty() ? "Watching" : "Pending",
                        pending.isEmpty()
                                ? "everything is listed and watched"
                                : "not listed or not watched: " + pending);
                condition(
                        body,
                        "Forbidden",
                        !forbidden.isEmpty(),
                        forbidden.isEmpty() ? "RightsComplete" : "RightsMissing",
                        forbidden.isEmpty() ? "" : "the service account may not list and watch: " + forbidden);
                counter(body, "misc_objects", collector.objects());
                counter(body, "misc_watches", collector.watches());
                counter(body, "misc_lists_total", collector.lists());
                counter(body, "misc_api_failures_total", collector.failures());
            });
            if (told) {
                said = now;
                saidAt = bootNanos;
            }
        }
    }

    private String named(Subscription.Standing standing) {
        return collector.subscriptions().stream()
                .filter(subscription -> subscription.standing() == standing)
                .map(subscription -> subscription.collection().resource().id())
                .collect(Collectors.joining(", "));
    }

    private static void condition(ProtoWriter body, String type, boolean status, String reason, String message) {
        int mark = body.begin(9);
        body.string(1, type);
        body.bool(2, status);
        body.string(3, reason);
        body.string(4, message);
        body.end(mark);
    }

    private static void counter(ProtoWriter body, String name, long value) {
        int mark = body.begin(10);
        body.string(1, name);
        body.varint(2, value);
        body.end(mark);
    }
}
