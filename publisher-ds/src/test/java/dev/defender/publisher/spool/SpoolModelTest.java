/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.spool.LaneReader.Found;
import dev.defender.publisher.spool.SpoolFixture.Seen;
import dev.defender.publisher.stream.StreamId;
import dev.defender.publisher.support.TestProducer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done to the spool in whatever order: what was synced comes out once, whole and in order. */
class SpoolModelTest {
    private static final StreamId[] STREAMS = {
        new StreamId("sensor", TestProducer.BOOT, 7),
        new StreamId("sensor", TestProducer.BOOT, 8),
        new StreamId("publisher", TestProducer.BOOT, 5)
    };

    /** One step: kind 0–3 append, 4 sync, 5–6 read, 7 settle, 8 checkpoint, 9 kill and open again, 10 lose power. */
    record Step(int kind, int stream, int count, int length) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 10),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.of(0, 1, 285, 3000))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(100);
    }

    @Property(tries = 30)
    void agreesWithTheModel(@ForAll("steps") List<Step> steps) throws IOException {
        Path directory = Files.createTempDirectory("spool-model");
        try {
            Model model = new Model(directory);
            for (Step step : steps) {
                model.apply(step);
            }
            model.finish();
        } finally {
            SpoolFixture.delete(directory);
        }
    }

    private static final class Model {
        private final Path directory;
        private final Map<StreamId, Long> appended = new HashMap<>();
        private final Map<StreamId, Long> synced = new HashMap<>();
        private final Map<StreamId, Long> read = new HashMap<>();
        private final Map<StreamId, Long> settled = new HashMap<>();
        private Spool spool;
        private LaneWriter writer;
        private LaneReader reader;
        private Position after = new Position(0, 0);
        private Position resume = new Position(0, 0);

        Model(Path directory) throws IOException {
            this.directory = directory;
            // The smallest segments that there are: many rotations.
            spool = SpoolFixture.open(directory, 1 << 20);
            writer = spool.lane(Lanes.BULK).writer();
            reader = spool.lane(Lanes.BULK).reader();
        }

        void apply(Step step) throws IOException {
            StreamId stream = STREAMS[step.stream];
            switch (step.kind) {
                case 0, 1, 2, 3 -> {
                    long first = appended.getOrDefault(stream, 0L) + 1;
                    long last = first + step.count - 1;
                    try {
                        SpoolFixture.append(writer, stream, Lanes.BULK, first, last, step.length);
                        appended.put(stream, last);
                    } catch (SpoolFullException e) {
                        assertThat(spool.budget().usedBytes()).isGreaterThan(600_000);
                    }
                    learnSynced();
                }
                case 4 -> {
                    writer.sync();
                    learnSynced();
                    assertThat(synced).containsAllEntriesOf(appended);
                }
                case 5, 6 -> readOne();
                case 7 -> settle();
                case 8 -> reader.checkpoint();
                case 9 -> {
                    // A clean end syncs.
                    spool.close();
                    synced.putAll(appended);
                    reopen();
                }
                default -> losePower();
            }
        }

        /** A new segment syncs the one before: the writer may know more to be durable than it was asked for. */
        private void learnSynced() {
            for (StreamId stream : appended.keySet()) {
                long durable = Math.max(0, writer.durable(stream));
                assertThat(durable).isBetween(synced.getOrDefault(stream, 0L), appended.get(stream));
                synced.put(stream, durable);
            }
        }

        /** Everything after the last sync vanishes, as if the page cache had: rolling back is the same to the file. */
        private void losePower() throws IOException {
            writer.rollBack();
            spool.close();
            appended.clear();
            appended.putAll(synced);
            reopen();
        }

        private void reopen() throws IOException {
            reader.close();
            spool = SpoolFixture.open(directory, 1 << 20);
            writer = spool.lane(Lanes.BULK).writer();
            reader = spool.lane(Lanes.BULK).reader();
            // What was not checkpointed comes again; never less than what was.
            read.clear();
            settled.forEach((stream, mark) -> assertThat(writer.durable(stream)).isGreaterThanOrEqualTo(mark));
            synced.forEach((stream, mark) ->
                    assertThat(Math.max(0, writer.durable(stream))).isEqualTo(mark));
        }

        private void readOne() throws IOException {
            Found found = reader.next();
            if (found == Found.NOTHING) {
                return;
            }
            assertThat(found).isEqualTo(Found.RECORDS);
            StreamId stream = reader.stream();
            long last = read.getOrDefault(stream, -1L);
            if (last >= 0) {
                assertThat(reader.first()).isEqualTo(last + 1);
            } else {
                assertThat(reader.first()).isLessThanOrEqualTo(settled.getOrDefault(stream, 0L) + 1);
            }
            assertThat(reader.last()).isLessThanOrEqualTo(synced.getOrDefault(stream, 0L));
            byte[] bytes = new byte[reader.recordsLength()];
            reader.records().get(reader.recordsAt(), bytes);
            read.put(stream, reader.last());
            after = reader.position();
        }

        private void settle() throws IOException {
            // Reading may go on behind them all only once the last of them is settled.
            int left = read.size();
            for (Map.Entry<StreamId, Long> entry : Map.copyOf(read).entrySet()) {
                left--;
                reader.settle(entry.getKey(), entry.getValue(), left == 0 ? after : resume);
                settled.merge(entry.getKey(), entry.getValue(), Math::max);
            }
            resume = read.isEmpty() ? resume : after;
        }

        void finish() throws IOException {
            writer.sync();
            synced.putAll(appended);
            for (Seen seen : SpoolFixture.readAll(reader)) {
                assertThat(seen.found()).isEqualTo(Found.RECORDS);
                long last = read.getOrDefault(seen.stream(), -1L);
                if (last >= 0) {
                    assertThat(seen.first()).isEqualTo(last + 1);
                }
                read.put(seen.stream(), seen.last());
            }
            // All that is durable was read now, or was settled before the last opening.
            synced.forEach((stream, mark) -> assertThat(
                            Math.max(read.getOrDefault(stream, 0L), settled.getOrDefault(stream, 0L)))
                    .isEqualTo(mark));
            spool.close();
            reader.close();
        }
    }
}
