/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.link.ProducerIdentity;
import dev.defender.link.PublisherLink;
import dev.defender.misc.ScriptedApiServer.Answer;
import dev.defender.misc.api.ApiServer;
import dev.defender.misc.inventory.Collector;
import dev.defender.misc.keep.Catalogue;
import dev.defender.misc.outbox.Outbox;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.InventoryList;
import dev.defender.protocol.v1.InventoryObject;
import dev.defender.protocol.v1.ListPhase;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.v1.ObjectChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API server, the network and the publisher can do at the worst moment. */
@NullUnmarked
class FaultsTest {
    private static final String PODS = "/api/v1/pods";

    @TempDir
    Path directory;

    private ScriptedApiServer server;
    private RecordSink sink;
    private Outbox outbox;
    private PublisherLink link;
    private Collector collector;
    private Thread thread;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedApiServer();
        sink = new RecordSink(directory.resolve("s"));
        Console console = new Console();
        ProducerIdentity identity = new ProducerIdentity("misc", "boot", 1, "test");
        outbox = new Outbox(identity, 0, System::nanoTime);
        link = new PublisherLink(directory.resolve("s"), identity, outbox, console);
        outbox.attach(link);
        ApiServer api = new ApiServer(
                "127.0.0.1",
                server.port(),
                server.ca(directory),
                Files.writeString(directory.resolve("token"), "secret"));
        collector = new Collector(api, Catalogue.load(), outbox, console::publisherThere, sentence -> {});
        thread = Thread.ofPlatform().unstarted(this::loop);
        link.start();
    }

    private void loop() {
        try {
            while (!collector.stopping()) {
                collector.round();
                outbox.report();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        collector.stop();
        thread.join();
        collector.close();
        link.abandon();
        sink.close();
        server.close();
    }

    @Test
    void aContinuationThatExpiresEndsTheListAndDeletesNothing() {
        server.lists(
                PODS,
                Answer.ok(page("10", "", pod(1, 5), pod(2, 6))),
                Answer.ok(page("20", "more", pod(1, 5))),
                Answer.status(410),
                Answer.ok(page("30", "", pod(1, 5), pod(2, 6))));
        thread.start();
        awaitEnds(1);
        server.watched(PODS, error(410));
        awaitEnds(3);
        assertThat(ends().get(1).getComplete()).isFalse();
        assertThat(ends().get(1).getReason()).contains("410");
        assertThat(ends().get(2).getComplete()).isTrue();
        assertThat(ends().get(2).getCount()).isEqualTo(2);
        assertThat(objects(ObjectChange.OBJECT_CHANGE_DELETED)).isEmpty();
        // The second whole list told of what had not changed in a few bytes.
        assertThat(objects(ObjectChange.OBJECT_CHANGE_LISTED)).hasSize(2);
    }

    @Test
    void aPageThatIsCutDeletesNothing() {
        server.lists(
                PODS,
                Answer.ok(page("10", "", pod(1, 5), pod(2, 6))),
                new Answer(200, page("20", "", pod(1, 5), pod(3, 15)), true),
                Answer.ok(page("30", "", pod(1, 5), pod(3, 15))));
        thread.start();
        awaitEnds(1);
        server.watched(PODS, error(410));
        awaitEnds(3);
        assertThat(ends().get(1).getComplete()).isFalse();
        assertThat(objects(ObjectChange.OBJECT_CHANGE_DELETED))
                .singleElement()
                .satisfies(gone -> assertThat(gone.getUid()).isEqualTo(uid(2)))
                .satisfies(gone -> assertThat(gone.getResourceVersion()).isEqualTo("30"));
    }

    @Test
    void whatIsForbiddenOrThrottledIsAskedForAgain() {
        server.lists(PODS, Answer.status(429), Answer.status(503), Answer.ok(page("10", "", pod(1, 5))));
        server.lists("/api/v1/nodes", Answer.status(403));
        thread.start();
        awaitEnds(3);
        assertThat(ends()).extracting(InventoryList::getComplete).containsSubsequence(false, true);
        assertThat(objects(ObjectChange.OBJECT_CHANGE_LISTED)).hasSize(1);
        assertThat(collector.subscriptions())
                .filteredOn(subscription ->
                        subscription.collection().resource().plural().equals("nodes"))
                .extracting(subscription -> subscription.standing().name())
                .containsExactly("FORBIDDEN");
    }

    @Test
    void aWatchGoesOnWhereItEnded() {
        server.lists(PODS, Answer.ok(page("10", "", pod(1, 5))));
        thread.start();
        awaitEnds(1);
        server.watched(PODS, event("MODIFIED", pod(1, 11, "changed")));
        server.watched(PODS, "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"17\"}}}");
        server.watched(PODS, ScriptedApiServer.END);
        server.watched(PODS, event("ADDED", pod(2, 18)));
        server.watched(PODS, ScriptedApiServer.BREAK);
        server.watched(PODS, event("DELETED", pod(1, 19, "changed")));
        await().until(() -> objects(ObjectChange.OBJECT_CHANGE_DELETED).size() == 1);
        assertThat(objects(ObjectChange.OBJECT_CHANGE_MODIFIED)).hasSize(1);
        assertThat(objects(ObjectChange.OBJECT_CHANGE_ADDED)).hasSize(1);
        assertThat(server.requests)
                .filteredOn(request -> request.startsWith(PODS) && request.contains("watch=1"))
                .extracting(request -> request.replaceFirst(".*resourceVersion=(\\d+).*", "$1"))
                .containsExactly("10", "17", "18");
        assertThat(ends()).hasSize(1);
    }

    /** A minute of changes while nobody takes them: memory stays where it is, and afterwards the state is right. */
    @Test
    void whatFindsNoRoomIsCountedAndListedAgain() throws Exception {
        server.lists(PODS, Answer.ok(page("10", "", pod(1, 5))), Answer.ok(page("2000", "", pod(2, 1500))));
        thread.start();
        awaitEnds(1);
        await().until(() -> server.requests.stream().anyMatch(r -> r.startsWith(PODS) && r.contains("watch=1")));
        sink.away(true);
        String filler = "x".repeat(6_000);
        int changes = 400;
        IntStream.range(0, changes).forEach(i -> server.watched(PODS, event("MODIFIED", pod(1, 100 + i, filler + i))));
        server.watched(PODS, event("DELETED", pod(1, 1000, filler)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> collector.subscriptions().stream()
                        .map(subscription -> subscription.collection())
                        .anyMatch(pods -> pods.resource().plural().equals("pods") && pods.incomplete()));
        sink.away(false);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> sink.received(Gap.class).stream()
                        .anyMatch(
                                gap -> gap.getReason() == LossReason.LOSS_REASON_OUT_OF_CREDIT && gap.getCount() > 0));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> sink.received(InventoryObject.class).stream()
                        .anyMatch(object -> object.getUid().equals(uid(1))
                                && object.getChange() == ObjectChange.OBJECT_CHANGE_DELETED));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> sink.received(InventoryObject.class).stream()
                        .anyMatch(object -> object.getUid().equals(uid(2))));
    }

    private void awaitEnds(int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> ends().size() >= count);
    }

    private List<InventoryList> ends() {
        return sink.received(InventoryList.class).stream()
                .filter(list -> list.getResource().equals("pods") && list.getPhase() == ListPhase.LIST_PHASE_END)
                .toList();
    }

    private List<InventoryObject> objects(ObjectChange change) {
        return sink.received(InventoryObject.class).stream()
                .filter(object -> object.getResource().equals("pods") && object.getChange() == change)
                .toList();
    }

    private static String uid(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    private static String pod(int number, int version) {
        return pod(number, version, "same");
    }

    private static String pod(int number, int version, String label) {
        return "{\"metadata\":{\"name\":\"p" + number + "\",\"namespace\":\"d\",\"uid\":\"" + uid(number)
                + "\",\"resourceVersion\":\"" + version + "\",\"labels\":{\"l\":\"" + label + "\"}},\"spec\":{}}";
    }

    private static String page(String version, String more, String... items) {
        return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"" + version
                + "\",\"continue\":\"" + more + "\"},\"items\":[" + String.join(",", items) + "]}\n";
    }

    private static String event(String type, String object) {
        return "{\"type\":\"" + type + "\",\"object\":" + object + "}";
    }

    private static String error(int code) {
        return event("ERROR", "{\"kind\":\"Status\",\"code\":" + code + "}");
    }
}
