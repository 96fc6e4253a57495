/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    /** A peer that sends these bytes, a few at a time, and ends. */
    private static ResponseReader reader(byte[] bytes, int step) {
        AtomicInteger at = new AtomicInteger();
        return new ResponseReader(into -> {
            int length = Math.min(Math.min(step, into.remaining()), bytes.length - at.get());
            if (length <= 0) {
                return -1;
            }
            into.put(bytes, at.getAndAdd(length), length);
            return length;
        });
    }

    private static ResponseReader reader(String text) {
        return reader(text.getBytes(StandardCharsets.UTF_8), 3);
    }

    @Test
    void readsLengthsAndChunksAndPassesOverInterimAnswers() throws IOException {
        ResponseReader reader = reader("HTTP/1.1 100 Continue\r\n\r\n"
                + "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 5\r\n\r\nhello"
                + "HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n"
                + "HTTP/1.1 204 No\r\n\r\n");
        Response busy = reader.read();
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.header("RETRY-after")).isEqualTo("7");
        assertThat(busy.text()).isEqualTo("hello");
        assertThat(reader.read().text()).isEqualTo("abcde");
        assertThat(reader.read().status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-x\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 202 OK\r\n\r\n",
                "HTTP/1.1 202 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 202 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 202 OK\r\nContent-Length: 99999999\r\n\r\n",
                "HTTP/1.1 202 OK\r\nContent-Length: 5\r\n\r\nabc",
                "HTTP/1.1 202 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void whatIsNoAnswerIsAnIoException(String text) {
        assertThatThrownBy(() -> reader(text).read()).isInstanceOf(IOException.class);
    }

    @Test
    void anEndlessLineIsBounded() {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 'a');
        assertThatThrownBy(() -> reader(bytes, 4096).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("8192");
    }

    @Property(tries = 300)
    void anyBytesEndInAnAnswerOrAnIoException(@ForAll byte[] bytes) {
        byte[] head = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] all = ByteBuffer.allocate(head.length + bytes.length)
                .put(head)
                .put(bytes)
                .array();
        try {
            assertThat(reader(all, 7).read().status()).isEqualTo(200);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
