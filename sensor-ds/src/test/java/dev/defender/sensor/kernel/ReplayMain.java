/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import dev.defender.sensor.capture.ReplaySource;
import dev.defender.sensor.decode.EventDecoder;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.decode.RawEventHandler;
import dev.defender.sensor.decode.Undecodable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Replays a capture and prints how much of it there was: what the test runs where there is no host to look at. */
final class ReplayMain {
    private ReplayMain() {}

    /** @param args the capture file */
    public static void main(String[] args) throws IOException {
        boolean host = Files.exists(Path.of("/proc/self")) || Files.exists(Path.of("/sys/kernel"));
        List<Seen> events = replay(Path.of(args[0]));
        System.out.println((host ? "host " : "nohost ") + events.size() + " " + events.hashCode());
    }

    static List<Seen> replay(Path file) throws IOException {
        List<Seen> events = new ArrayList<>();
        RawEventHandler keep = new RawEventHandler() {
            @Override
            public void onEvent(RawEvent event) {
                events.add(Seen.of(event));
            }

            @Override
            public void onUndecodable(Undecodable reason, int type, int ledgerRow) {
                throw new IllegalStateException("undecodable: " + reason);
            }
        };
        try (EventDecoder source = new EventDecoder(ReplaySource.open(file, ReplaySource.Speed.FULL))) {
            source.initialTable(keep);
            while (!source.ended()) {
                source.poll(keep, 0);
            }
        }
        return events;
    }
}
