/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeakSamplerTest {
    /** Grows by a byte per reading; the second one fails. */
    private static final class Flaky implements Cgroup {
        private final AtomicInteger readings = new AtomicInteger();
        private final CountDownLatch fourth = new CountDownLatch(4);

        @Override
        public List<Path> procsFiles() {
            return List.of();
        }

        @Override
        public Limits limits() {
            return Limits.NONE;
        }

        @Override
        public Usage usage() throws IOException {
            int reading = readings.incrementAndGet();
            fourth.countDown();
            if (reading == 2) {
                throw new IOException("memory.stat: No such device");
            }
            return new Usage(reading, 0, 0, 0, 0, 0);
        }

        @Override
        public void close() {}
    }

    @Test
    void aSampleThatFailsIsCountedAndSamplingGoesOn() throws Exception {
        Flaky group = new Flaky();
        try (PeakSampler sampler = new PeakSampler(group)) {
            group.fourth.await();

            assertThat(sampler.missed()).isEqualTo(1);
            assertThat(sampler.reason()).contains("No such device");
            assertThat(sampler.taken()).isGreaterThanOrEqualTo(2);
            assertThat(sampler.peakBytes()).isGreaterThanOrEqualTo(3);
        }
    }
}
