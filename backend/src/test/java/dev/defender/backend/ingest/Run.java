/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.Batch;
import dev.defender.protocol.v1.Accuracy;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.CutRow;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.v1.SequenceRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A producer's whole life, made up: what it captured, lost and told, as batches in an order that a network may give. */
final class Run {
    private static final int FILTERED = 3;

    final Node node = Node.fresh();
    final Set<Long> delivered = new TreeSet<>();
    final List<Node.Body> bulk = new ArrayList<>();
    final List<Node.Body> urgent = new ArrayList<>();
    private final Random random;

    private record Row(RecordClass recordClass, int row) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            int byClass = recordClass.compareTo(other.recordClass);
            return byClass != 0 ? byClass : Integer.compare(row, other.row);
        }
    }

    Run(Random random, int captured) {
        this.random = random;
        TreeMap<Row, Integer> total = new TreeMap<>();
        TreeMap<Row, List<Long>> lost = new TreeMap<>();
        for (long sequence = 1; sequence <= captured; sequence++) {
            Node.Body body = record(sequence);
            Row row = new Row(body.recordClass(), 1);
            total.merge(row, 1, Integer::sum);
            if (random.nextInt(5) == 0) {
                lost.computeIfAbsent(row, r -> new ArrayList<>()).add(sequence);
            } else {
                bulk.add(body);
                delivered.add(sequence);
            }
        }
        int beforeNumbering = random.nextInt(4);
        lost.forEach((row, sequences) -> urgent.add(gap(row, sequences, sequences.size())));
        if (beforeNumbering > 0) {
            Row row = new Row(RecordClass.RECORD_CLASS_EXEC, 1);
            total.merge(row, beforeNumbering, Integer::sum);
            urgent.add(gap(row, List.of(), beforeNumbering));
        }
        urgent.add(cut(total, captured));
    }

    private static Node.Body record(long sequence) {
        RecordClass recordClass = switch ((int) (sequence % 3)) {
            case 0 -> RecordClass.RECORD_CLASS_EXEC;
            case 1 -> RecordClass.RECORD_CLASS_FORK;
            default -> RecordClass.RECORD_CLASS_OPEN;
        };
        return new Node.Body(sequence, recordClass, Node.event(sequence));
    }

    private Node.Body gap(Row row, List<Long> sequences, int count) {
        Gap.Builder gap = Gap.newBuilder()
                .setProducer("sensor")
                .setBootId(node.bootId())
                .setEpoch(node.epoch())
                .setLane(Lane.LANE_BULK)
                .setRecordClass(row.recordClass())
                .setLedgerRow(row.row())
                .setCount(count)
                .setAccuracy(Accuracy.ACCURACY_EXACT)
                .setReason(LossReason.LOSS_REASON_SPOOL_FULL)
                .setReporter("publisher");
        sequences.forEach(
                n -> gap.addRanges(SequenceRange.newBuilder().setFirst(n).setLast(n)));
        return new Node.Body(urgent.size() + 1, RecordClass.RECORD_CLASS_GAP, gap.build());
    }

    private Node.Body cut(TreeMap<Row, Integer> total, int lastBulk) {
        long own = urgent.size() + 1;
        Cut.Builder cut = Cut.newBuilder()
                .setProducer("sensor")
                .setBootId(node.bootId())
                .setEpoch(node.epoch())
                .setTimeBootNs(Node.BOOT_NS)
                .addLastSequence(lastBulk)
                .addLastSequence(own)
                .setFinal(true);
        total.forEach((row, count) -> cut.addRows(CutRow.newBuilder()
                .setRecordClass(row.recordClass())
                .setLedgerRow(row.row())
                .setContainerUid("c".repeat(64))
                .setCaptured(count + FILTERED)
                .setFiltered(FILTERED)));
        return new Node.Body(own, RecordClass.RECORD_CLASS_CUT, cut.build());
    }

    /** Every record at least once, some twice, both lanes mixed, in any order. */
    List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        slices(bulk).forEach(slice -> batches.add(node.batch(Lane.LANE_BULK, slice)));
        slices(urgent).forEach(slice -> batches.add(node.batch(Lane.LANE_URGENT, slice)));
        Collections.shuffle(batches, random);
        return batches;
    }

    private List<List<Node.Body>> slices(List<Node.Body> bodies) {
        List<List<Node.Body>> slices = new ArrayList<>();
        int from = 0;
        while (from < bodies.size()) {
            int to = Math.min(bodies.size(), from + 1 + random.nextInt(12));
            int overlapping = Math.max(0, from - random.nextInt(4));
            slices.add(bodies.subList(overlapping, to));
            if (random.nextInt(4) == 0) {
                slices.add(bodies.subList(from, to));
            }
            from = to;
        }
        return slices;
    }
}
