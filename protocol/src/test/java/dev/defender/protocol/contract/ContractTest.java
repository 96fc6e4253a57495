/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Health;
import dev.defender.protocol.v1.Hello;
import dev.defender.protocol.v1.InventoryObject;
import dev.defender.protocol.v1.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the schema with {@code contract.txt}, what it was when it was last accepted. Additions pass; a line that is
 * gone fails, because spools on nodes and other versions of the programs still hold to it.
 */
class ContractTest {
    private static final Path ACCEPTED = Path.of("src/test/resources/contract.txt");
    private static final String ACCEPT = "scripts/mvn.sh -pl protocol test -Dtest=ContractTest -Dcontract.accept";

    private static final SortedSet<String> NOW = Contract.of(Stream.of(
                    Event.getDescriptor().getFile(),
                    DetectionFinding.getDescriptor().getFile(),
                    Health.getDescriptor().getFile(),
                    Cut.getDescriptor().getFile(),
                    Hello.getDescriptor().getFile(),
                    InventoryObject.getDescriptor().getFile(),
                    Lane.getDescriptor().getFile())
            .map(FileDescriptor::toProto)
            .toList());

    @Test
    void nothingThatWasAcceptedIsGoneOrChanged() throws IOException {
        SortedSet<String> accepted = accepted();
        SortedSet<String> gone = new TreeSet<>(accepted);
        gone.removeAll(NOW);
        assertThat(gone)
                .as("no longer in the schema as it was accepted. Other versions still read and write this: add a new"
                        + " field beside the old one, or, before anything is published, take the line out of "
                        + ACCEPTED)
                .isEmpty();
        SortedSet<String> added = new TreeSet<>(NOW);
        added.removeAll(accepted);
        if (System.getProperty("contract.accept") != null) {
            Files.write(
                    ACCEPTED, Stream.concat(comments().stream(), NOW.stream()).toList());
        } else if (!added.isEmpty()) {
            System.out.println("Not in " + ACCEPTED + " yet, so not protected: " + String.join("; ", added)
                    + "\nAccept with: " + ACCEPT);
        }
    }

    @Test
    void everySchemaFileIsCompared() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/protobuf/defender/v1"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "event.proto",
                            "finding.proto",
                            "health.proto",
                            "inventory.proto",
                            "ledger.proto",
                            "link.proto",
                            "record.proto");
        }
    }

    private static SortedSet<String> accepted() throws IOException {
        SortedSet<String> lines = new TreeSet<>(Files.readAllLines(ACCEPTED));
        lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
        return lines;
    }

    private static List<String> comments() throws IOException {
        return Files.readAllLines(ACCEPTED).stream()
                .filter(line -> line.startsWith("#"))
                .toList();
    }
}
