/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.inject;

import bpf4j.RecordHandler;
import dev.defender.sensor.capture.ReplaySource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ring records of the repository's recording of ordinary work, as far as they fit an {@link Injector}.
 *
 * @param processes one record per process that was there at the start; to be injected once, first
 * @param events in the order in which they came
 */
public record RecordedEvents(List<byte[]> processes, List<byte[]> events) {
    /**
     * Reads the recording.
     *
     * @param tree root of the source tree
     * @throws IOException if it cannot be read or holds no event
     */
    public static RecordedEvents read(Path tree) throws IOException {
        Path recording = file(tree);
        List<byte[]> processes = new ArrayList<>();
        List<byte[]> events = new ArrayList<>();
        try (ReplaySource source = ReplaySource.open(recording, ReplaySource.Speed.FULL)) {
            source.initialTasks(into(processes));
            while (!source.ended()) {
                source.poll(into(events), 0);
            }
        }
        if (events.isEmpty()) {
            throw new IOException(recording + " holds no event");
        }
        return new RecordedEvents(List.copyOf(processes), List.copyOf(events));
    }

    /** Where the recording is. */
    public static Path file(Path tree) {
        return tree.resolve("bench/src/main/captures/work.capture");
    }

    private static RecordHandler into(List<byte[]> records) {
        return (data, offset, length) -> {
            if (length <= Injector.TEMPLATE_BYTES && records.size() < Injector.TEMPLATES) {
                byte[] record = new byte[length];
                data.get(offset, record);
                records.add(record);
            }
        };
    }

    /** Makes the processes known to a sensor. */
    public void introduce(long sensor) throws IOException {
        if (!processes.isEmpty()) {
            try (Injector once = Injector.into(sensor, processes)) {
                once.inject(processes.size());
            }
        }
    }
}
