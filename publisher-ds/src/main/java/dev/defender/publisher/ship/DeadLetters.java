/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import dev.defender.protocol.wire.ProtoReader;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.protocol.wire.RecordHeader;
import dev.defender.publisher.ship.Batch.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Records that the backend proved bad: kept as files for a person to look at, bounded, and reported as lost. One
 * instance per lane, one thread.
 */
final class DeadLetters {
    private static final int MAX_FILES = 64;

    private final Path directory;
    private final int lane;
    private final GapReporter gaps;
    private final ShipStats stats;
    private final ProtoReader reader = new ProtoReader();

    DeadLetters(Path directory, int lane, GapReporter gaps, ShipStats stats) {
        this.directory = directory;
        this.lane = lane;
        this.gaps = gaps;
        this.stats = stats;
    }

    /** Keeps one record and reports it; returns once the report is durable. */
    void take(Batch batch, Part record, String why) throws InterruptedException {
        try {
            keep(batch, record);
        } catch (IOException e) {
            // The copy is a courtesy; the report below is the contract.
            stats.deadFilesDiscarded.incrementAndGet();
        }
        gaps.report(
                        batch.stream(),
                        lane,
                        List.of(new GapReporter.Range(record.first(), record.last())),
                        RecordHeader.recordClass(batch.buffer(), record.at()),
                        ledgerRow(batch.buffer(), record.at()),
                        GapReporter.DEAD_LETTER,
                        why)
                .await();
        stats.deadRecords.addAndGet(record.count());
    }

    private void keep(Batch batch, Part record) throws IOException {
        Files.createDirectories(directory);
        String name =
                System.currentTimeMillis() + "-" + batch.stream().producer().replaceAll("[^a-z0-9]", "_") + "-" + lane
                        + "-" + record.first() + ".record";
        try (FileChannel channel = FileChannel.open(
                directory.resolve(name),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = batch.buffer().slice(record.at(), record.length());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        discardOldest();
    }

    private void discardOldest() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(files::add);
        }
        files.sort(Comparator.naturalOrder());
        for (Path oldest : files.subList(0, Math.max(0, files.size() - MAX_FILES))) {
            Files.delete(oldest);
            stats.deadFilesDiscarded.incrementAndGet();
        }
    }

    /** Event.ledger_row or DetectionFinding.ledger_row; 0 where the record has none or cannot be read. */
    private int ledgerRow(ByteBuffer buffer, int at) {
        int recordClass = RecordHeader.recordClass(buffer, at);
        if (!RecordClasses.counted(recordClass)) {
            return 0;
        }
        int field = recordClass == RecordClasses.DETECTION ? 15 : 4;
        byte[] body = new byte[RecordHeader.bodyLength(buffer, at)];
        buffer.get(at + RecordHeader.BYTES, body);
        reader.wrap(body, 0, body.length);
        int row = 0;
        while (reader.next()) {
            if (reader.field() == field) {
                row = (int) reader.number();
            }
        }
        return row;
    }
}
