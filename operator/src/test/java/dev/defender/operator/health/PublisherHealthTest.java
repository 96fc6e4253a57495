/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.defender.operator.health.NodeHealth.Raised;
import dev.defender.operator.health.PublisherHealth.Publisher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublisherHealthTest {
    private static final String PAGE = """
            # HELP defender_publisher_condition 1 while it holds
            defender_publisher_condition{type="CredentialsInvalid",reason="Rejected403"} 1
            defender_publisher_condition{type="SpoolFull",reason="Resolved"} 0
            defender_producer_condition{producer="sensor",type="RingLost",reason="Full"} 1
            defender_publisher_backlog_bytes{lane="bulk"} 1
            """;

    @Test
    void onlyWhatHoldsIsRead() {
        assertThat(NodeHealth.parse(PAGE).raised())
                .containsExactly(
                        new Raised("", "CredentialsInvalid", "Rejected403"), new Raised("sensor", "RingLost", "Full"));
    }

    @Test
    void asksEveryPublisherAndForgetsThoseThatAreGone() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (PublisherHealth health = new PublisherHealth(server.getAddress().getPort())) {
            Publisher here = new Publisher("here", "127.0.0.1");
            // Nothing listens at this one's address.
            health.sweep(List.of(here, new Publisher("away", "127.0.0.2")));
            assertThat(health.of(List.of())).isEmpty();
            health.sweep(List.of(here));
            assertThat(health.of(List.of(here))).containsOnlyKeys("here");
        } finally {
            server.stop(0);
        }
    }
}
