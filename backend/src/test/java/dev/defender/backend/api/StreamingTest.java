/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.backend.testbed.Answer;
import dev.defender.backend.testbed.Client;
import dev.defender.backend.testbed.SampleRows;
import dev.defender.backend.testbed.TestService;
import dev.defender.protocol.wire.RecordClasses;
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
    void a_store_that_breaks_within_a_page_is_a_problem() throws Exception {
        String token = service.token("viewer");
        service.memory.failAfter(400);
        Answer answer = client.get("/api/v1/events?limit=500", token);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("3");
        assertThat(answer.problem()).isEqualTo("unavailable");
        service.memory.failAfter(Integer.MAX_VALUE);
        assertThat(client.get("/api/v1/events?limit=500", token).json().path("items"))
                .hasSize(500);
    }

    @Test
    void rows_of_unusual_size_make_a_shorter_page_and_are_all_given() throws Exception {
        service.memory.events.clear();
        byte[] large = new byte[60_000];
        for (int i = 1; i <= 300; i++) {
            service.memory.events.add(SampleRows.row(i, 99, large));
        }
        String token = service.token("viewer");
        int count = 0;
        int pages = 0;
        String cursor = "0";
        int size;
        do {
            JsonNode page = client.get("/api/v1/events?limit=1000&after=" + cursor, token)
                    .json();
            size = page.path("items").size();
            count += size;
            pages++;
            cursor = page.path("next").asText();
        } while (size > 0);
        assertThat(count).isEqualTo(300);
        assertThat(pages).isGreaterThan(2);
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
