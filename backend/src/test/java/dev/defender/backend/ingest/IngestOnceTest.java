/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.batch.Batch;
import dev.defender.backend.database.Database;
import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.filter.FilterParser;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.StreamLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Duplicates, overlaps, holes and lanes in any order, on a real server. */
class IngestOnceTest {
    private static final Instant RECEIVED = Instant.ofEpochSecond(0, Node.REAL_NS);

    private final Database database = SharedDatabase.get();

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void eachRecordIsOneRowAndTheLedgerClosesWhenEverythingIsHere(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 60) int captured) throws Exception {
        Run run = new Run(random, captured);
        int stored = 0;
        for (Batch batch : run.batches()) {
            Receipt receipt = database.eventLog().append(batch, RECEIVED);
            assertThat(receipt.stored() + receipt.duplicates()).isEqualTo(batch.count());
            stored += receipt.stored();
        }
        assertThat(stored).isEqualTo(run.bulk.size() + run.urgent.size());
        assertThat(sequences(run)).containsExactlyInAnyOrderElementsOf(run.delivered);
        StreamLedger ledger = ledger(run);
        assertThat(ledger.closes()).as("%s", ledger).isTrue();
        assertThat(ledger.finalCut()).isTrue();
        assertThat(ledger.lines())
                .allSatisfy(line -> assertThat(line.inFlight()).isZero());
        assertThat(ledger.lanes().getFirst().mark()).isEqualTo(captured);
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void theLedgerStaysOpenWhileOneBatchIsMissing(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 60) int captured) throws Exception {
        Run run = new Run(random, captured);
        List<Batch> batches = run.batches();
        Batch missing = batches.removeLast();
        for (Batch batch : batches) {
            database.eventLog().append(batch, RECEIVED);
        }
        boolean sentElsewhere = allRecords(batches).containsAll(allRecords(List.of(missing)));
        List<StreamLedger> ledgers = database.ledgerStore().ledger(run.node.ledgerQuery());
        assertThat(ledgers.stream().anyMatch(StreamLedger::closes)).isEqualTo(sentElsewhere);
        database.eventLog().append(missing, RECEIVED);
        assertThat(ledger(run).closes()).isTrue();
    }

    private static Set<String> allRecords(List<Batch> batches) {
        Set<String> records = new HashSet<>();
        for (Batch batch : batches) {
            for (int i = 0; i < batch.count(); i++) {
                records.add(batch.header().getLaneValue() + "/" + batch.sequence(i));
            }
        }
        return records;
    }

    private StreamLedger ledger(Run run) throws Exception {
        return database.ledgerStore().ledger(run.node.ledgerQuery()).getFirst();
    }

    private List<Long> sequences(Run run) throws Exception {
        List<Long> sequences = new ArrayList<>();
        String filter = "cluster = \"" + run.node.cluster() + "\"";
        database.eventStore()
                .events(
                        new EventQuery(FilterParser.events(filter), 0, 10_000, false),
                        row -> sequences.add(row.sequence()));
        return sequences;
    }
}
