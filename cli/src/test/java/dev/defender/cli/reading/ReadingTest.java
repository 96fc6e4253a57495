/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.cli.testbed.Run;
import dev.defender.cli.testbed.TestApiServer;
import dev.defender.cli.testbed.TestBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real backend what it has nothing of, and against fixed answers what rows look like. */
class ReadingTest {
    @Test
    void an_empty_backend_has_empty_tables_and_lists() throws Exception {
        Map<String, String> environment = TestBackend.get().environment();
        Run alerts = Run.of(environment, "alerts", "-q", "severity >= high", "-n", "1");
        assertThat(alerts.status()).as(alerts.err()).isZero();
        assertThat(alerts.out()).startsWith("TIME").hasLineCount(1);
        assertThat(Run.of(environment, "alerts", "-o", "json").out()).isEqualToIgnoringWhitespace("[]");
        assertThat(Run.of(environment, "ledger", "--node=n", "--cluster=c").out())
                .startsWith("NODE")
                .hasLineCount(1);
        Run wrong = Run.of(environment, "alerts", "-q", "severity >=");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).contains("the backend refused (400)").hasLineCount(1);
        Run limit = Run.of(environment, "alerts", "-n", "5000");
        assertThat(limit.err()).contains("limit").hasLineCount(1);
    }

    @Test
    void rows_say_where_and_cannot_drive_the_terminal(@TempDir Path directory) throws Exception {
        try (TestApiServer server = TestApiServer.start(directory.resolve("pki"))) {
            server.answer("/api/v1/alerts?order=newest&limit=20", 200, """
                    {"items":[
                    {"time_dt":"2026-11-25T17:00:00Z","severity":"High","message":"bad\\u001b[2J\\nthing",
                     "container":{"uid":"0123456789abcdef"},
                     "defender":{"alert_type":"K8S.NODE_EICAR","node":"n1","pod":{"name":"web-1","namespace":"shop"}}},
                    {"time_dt":"2026-11-25T16:00:00Z","severity":"Low","message":"m",
                     "container":{"uid":"0123456789abcdef"},"defender":{"alert_type":"T","node":"n1"}},
                    {"time_dt":"2026-11-25T15:00:00Z","severity":"Low","message":"m",
                     "defender":{"alert_type":"T","node":"n1"}}],"next":"1"}""");
            server.answer("/api/v1/ledger", 200, """
                    {"items":[{"node":"n1","producer":"sensor","epoch":"7","final":true,"closes":true,"unknown":false,
                    "lines":[{"captured":10,"delivered":7,"filtered":1,"lost":2,"in_flight":0},
                             {"captured":5,"delivered":5,"filtered":0,"lost":0,"in_flight":0}]}]}""");
            Path token = Files.writeString(directory.resolve("token"), TestApiServer.TOKEN);
            Map<String, String> environment = Map.of(
                    "DEFENDER_BACKEND",
                    server.address(),
                    "DEFENDER_CA",
                    server.ca().toString(),
                    "DEFENDER_TOKEN_FILE",
                    token.toString());
            Run alerts = Run.of(environment, "alerts");
            assertThat(alerts.out()).hasLineCount(4).doesNotContain("\u001b");
            assertThat(alerts.out().lines().skip(1))
                    .satisfiesExactly(
                            row -> assertThat(row)
                                    .contains("K8S.NODE_EICAR  n1    shop/web-1")
                                    .endsWith("bad [2J thing"),
                            row -> assertThat(row).contains("0123456789ab "),
                            row -> assertThat(row).contains("  host  "));
            assertThat(Run.of(environment, "ledger").out().lines().skip(1))
                    .singleElement()
                    .asString()
                    .containsPattern("n1 +sensor +7 +15 +12 +1 +2 +0 +closes, ended");
        }
    }
}
