/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import dev.defender.operator.api.Names;
import dev.defender.operator.config.OperatorConfig;
import dev.defender.operator.controller.ProfileReconciler;
import dev.defender.operator.health.PublisherHealth;
import dev.defender.operator.service.HealthPort;
import dev.defender.operator.service.ProfileMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Everything that runs in the operator's process: one client, one controller, one port. */
final class OperatorProcess {
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final Duration SYNC = Duration.ofSeconds(60);
    private static final Duration RATE_PERIOD = Duration.ofSeconds(2);
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 30_000;
    private static final double RETRY_FACTOR = 2;

    private final io.javaoperatorsdk.operator.Operator operator;
    private final HealthPort port;
    private final PublisherHealth publishers;

    private OperatorProcess(
            io.javaoperatorsdk.operator.Operator operator, HealthPort port, PublisherHealth publishers) {
        this.operator = operator;
        this.port = port;
        this.publishers = publishers;
    }

    /** Returns when the caches are filled, or the process waits for the lead. Closes {@code client} at its stop. */
    static OperatorProcess start(
            KubernetesClient client, OperatorConfig config, String namespace, InetSocketAddress health)
            throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        Metrics metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
        ProfileMetrics profiles = new ProfileMetrics(registry);
        PublisherHealth publishers = new PublisherHealth();
        var operator = new io.javaoperatorsdk.operator.Operator(service -> {
            service.withKubernetesClient(client)
                    .withMetrics(metrics)
                    .withConcurrentReconciliationThreads(1)
                    .withConcurrentWorkflowExecutorThreads(1)
                    .withReconciliationTerminationTimeout(STOP)
                    .withCacheSyncTimeout(SYNC)
                    // With it each miss of the matcher would write, and the write would be an event.
                    .withPreviousAnnotationForDependentResources(false);
            if (config.leaderElection()) {
                service.withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(Names.LEASE)
                                .withLeaseNamespace(namespace)
                                .build());
            }
        });
        operator.register(
                new ProfileReconciler(client, config, namespace, publishers, profiles::show),
                controller -> controller
                        .withRetry(new GenericRetry()
                                .withoutMaxAttempts()
                                .setInitialInterval(FIRST_RETRY_MILLIS)
                                .setIntervalMultiplier(RETRY_FACTOR)
                                .setMaxInterval(LAST_RETRY_MILLIS))
                        .withRateLimiter(new LinearRateLimiter(RATE_PERIOD, 2)));
        HealthPort port = new HealthPort(
                health,
                () -> true,
                () -> operator.getRuntimeInfo().isStarted()
                        && operator.getRuntimeInfo().allEventSourcesAreHealthy(),
                registry::scrape);
        operator.start();
        return new OperatorProcess(operator, port, publishers);
    }

    int port() {
        return port.port();
    }

    void stop() {
        operator.stop();
        publishers.close();
        port.close();
    }
}
