/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import dev.defender.sensor.bundle.BundleDirectories;
import dev.defender.sensor.bundle.NodeContainers;
import dev.defender.sensor.decode.EventDecoder;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.decode.RawEventHandler;
import dev.defender.sensor.decode.Undecodable;
import dev.defender.sensor.ring.BootClock;
import dev.defender.sensor.ring.LiveSource;
import dev.defender.sensor.ring.LoadOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Observes from within a pid namespace: says {@code ready}, waits for a line, runs a process of its own, says what it saw. */
final class NestedNodeMain {
    private NestedNodeMain() {}

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        NodeContainers none = new NodeContainers(BundleDirectories.ofThisHost());
        try (EventDecoder events =
                new EventDecoder(LiveSource.open(LoadOptions.of(BootClock.nanos()), "nested", none))) {
            Collector seen = new Collector();
            events.initialTable(seen);
            System.out.println("ready");
            in.readLine();
            Process own = new ProcessBuilder("/bin/true").start();
            own.waitFor();
            events.poll(seen, 0);
            System.out.println("self " + ProcessHandle.current().pid());
            System.out.println("tasks " + seen.tasks);
            System.out.println("child " + own.pid());
            System.out.println("execs " + seen.execs);
            System.out.println("filtered " + (events.ledger().filtered(EventType.EXEC - 1) > 0));
        }
    }

    private static final class Collector implements RawEventHandler {
        private final List<Integer> tasks = new ArrayList<>();
        private final List<String> execs = new ArrayList<>();

        @Override
        public void onEvent(RawEvent event) {
            if (event.type() == EventType.TASK) {
                tasks.add(event.pid());
            } else if (event.type() == EventType.EXEC) {
                byte[] name = new byte[RawEvent.COMM_BYTES];
                int length = event.copyComm(name, 0);
                execs.add(new String(name, 0, length, StandardCharsets.ISO_8859_1) + ":" + event.pid() + ":"
                        + event.parentPid());
            }
        }

        @Override
        public void onUndecodable(Undecodable reason, int type, int ledgerRow) {
            throw new AssertionError("undecodable record of type " + type + ": " + reason);
        }
    }
}
