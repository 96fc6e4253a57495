/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.backend.testbed.Answer;
import dev.defender.backend.testbed.Client;
import dev.defender.backend.testbed.SampleRows;
import dev.defender.backend.testbed.TestService;
import dev.defender.protocol.wire.RecordClasses;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that cannot be finished never looks like one that is. */
class StreamingTest {
    private TestService service;
    private Client client;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        service = TestService.start(data);
        client = service.anonymous();
        byte[] body = SampleRows.exec().toByteArray();
        for (int i = 1; i <= 500; i++) {
            service.memory.events.add(SampleRows.row(i, RecordClasses.EXEC, body));
        }
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        service.close();
    }

    @Test
    void a_store_that_breaks_before_anything_was_sent_is_a_problem() throws Exception {
        service.memory.failAfter(2);
        Answer answer = client.get("/api/v1/events", service.token("viewer"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("3");
        assertThat(answer.problem()).isEqualTo("unavailable");
    }

    @Test
    void a_store_that_breaks_later_breaks_the_connection() throws Exception {
        service.memory.failAfter(400);
        String token = service.token("viewer");
        assertThatThrownBy(() -> client.get("/api/v1/events?limit=500", token)).isInstanceOf(IOException.class);
        service.memory.failAfter(Integer.MAX_VALUE);
        assertThat(client.get("/api/v1/events?limit=500", token).json().path("items"))
                .hasSize(500);
    }

    @Test
    void an_empty_page_keeps_the_cursor() throws Exception {
        String token = service.token("viewer");
        assertThat(client.get("/api/v1/events?after=500", token)
                        .json()
                        .path("next")
                        .asText())
                .isEqualTo("500");
        assertThat(client.get("/api/v1/events?limit=1", token)
                        .json()
                        .path("next")
                        .asText())
                .isEqualTo("1");
    }
}
