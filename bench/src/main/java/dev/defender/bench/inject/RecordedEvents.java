/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.inject;

import dev.defender.sensor.capture.ReplaySource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The ring records of the repository's recording. */
public final class RecordedEvents {
    private RecordedEvents() {}

    /**
     * Reads the records that fit an {@link Injector}, in order.
     *
     * @param tree root of the source tree
     * @throws IOException if the recording cannot be read or holds none
     */
    public static List<byte[]> read(Path tree) throws IOException {
        Path recording = tree.resolve("e2e/src/main/captures/demo.capture");
        List<byte[]> events = new ArrayList<>();
        try (ReplaySource source = ReplaySource.open(recording, ReplaySource.Speed.FULL)) {
            while (!source.ended()) {
                source.poll(
                        (data, offset, length) -> {
                            if (length <= Injector.TEMPLATE_BYTES && events.size() < Injector.TEMPLATES) {
                                byte[] event = new byte[length];
                                data.get(offset, event);
                                events.add(event);
                            }
                        },
                        0);
            }
        }
        if (events.isEmpty()) {
            throw new IOException(recording + " holds no event");
        }
        return events;
    }
}
