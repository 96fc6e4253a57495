/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.BpfMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where the counters of each epoch are pinned: {@code <bpffs>/sensor-1/<epoch>/<map>}. The 1 is the version of the layout:
 * a sensor with another one leaves these alone. A reboot removes all of them.
 */
public final class LedgerPins {
    private static final String VERSION = "sensor-1";

    private final Path directory;

    /** @param bpffs a directory on a bpf file system; see {@link #available} */
    public LedgerPins(Path bpffs) {
        this.directory = bpffs.resolve(VERSION);
    }

    /** Whether pins can be made: the place lies on a bpf file system, and the directory is there or was made just now. */
    public boolean available() {
        try {
            Path existing = directory.toAbsolutePath();
            while (!Files.exists(existing)) {
                existing = Objects.requireNonNull(existing.getParent());
            }
            if (!Files.getFileStore(existing).type().equals("bpf")) {
                return false;
            }
            Files.createDirectories(directory);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Epochs whose counters are still pinned, oldest first. Not those of running sensors only: the caller asks first. */
    public List<PinnedLedger> older() throws IOException {
        List<PinnedLedger> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> epochs = Files.newDirectoryStream(directory, "[0-9]*")) {
            for (Path epoch : epochs) {
                if (complete(epoch)) {
                    found.add(
                            new PinnedLedger(Long.parseLong(epoch.getFileName().toString()), epoch));
                } else {
                    remove(epoch);
                }
            }
        }
        found.sort(Comparator.comparingLong(PinnedLedger::epoch));
        return found;
    }

    /** Pins are made one by one; a sensor that was killed in between had not attached a hook yet. */
    private static boolean complete(Path epoch) {
        return LedgerMapping.NAMES.stream().allMatch(name -> Files.exists(epoch.resolve(name)));
    }

    /** Pins the maps of a new epoch. */
    void pin(long epoch, Function<String, BpfMap> maps) {
        Path at = directory.resolve(Long.toString(epoch));
        try {
            Files.createDirectories(at);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot pin the ledger under " + at, refused);
        }
        for (String name : LedgerMapping.NAMES) {
            maps.apply(name).pin(at.resolve(name));
        }
    }

    /** Removes the pins of an epoch whose end is durable. */
    public void forget(long epoch) throws IOException {
        remove(directory.resolve(Long.toString(epoch)));
    }

    static void remove(Path epoch) throws IOException {
        try (Stream<Path> pins = Files.list(epoch)) {
            for (Path pin : pins.toList()) {
                Files.delete(pin);
            }
        }
        Files.delete(epoch);
    }
}
