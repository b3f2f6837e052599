// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.ApiClient;
import net.statemesh.contract.engine.Engine;
import net.statemesh.contract.engine.WatchEvents;
import org.junit.jupiter.api.Test;

/** Watches: every change once, in order, from exactly the revision that was asked for; else a clear 410. */
abstract class WatchContract extends Contract {
    private static final int SLOW_CHANGES = 400;
    private static final int SLOW_BYTES = 40_000;

    WatchContract(Supplier<Engine> engine) {
        super(engine);
    }

    @Test
    void watchContinuesAListWithoutGapOrRepetition() throws IOException {
        createMap("before");
        String from = admin.get(maps).resourceVersion();
        createMap("between");
        try (WatchEvents watch = admin.watch(maps + "?resourceVersion=" + from).reading()) {
            admin.merge(maps + "/before", "{data: {k: w}}").succeeded();
            admin.delete(maps + "/between").succeeded();
            assertThat(watch.line()).isEqualTo("ADDED between");
            assertThat(watch.line()).isEqualTo("MODIFIED before");
            assertThat(watch.line()).isEqualTo("DELETED between");
        }
    }

    @Test
    void watchResumesAfterTheEventThatWasSeenLast() throws IOException {
        String from = admin.get(maps).resourceVersion();
        String last;
        try (WatchEvents watch = admin.watch(maps + "?resourceVersion=" + from).reading()) {
            createMap("first");
            last = watch.next().at("/object/metadata/resourceVersion").asText();
        }
        createMap("second");
        try (WatchEvents watch = admin.watch(maps + "?resourceVersion=" + last).reading()) {
            assertThat(watch.line()).isEqualTo("ADDED second");
        }
    }

    @Test
    void eventsCarryTheRevisionOfTheirChange() throws IOException {
        String from = admin.get(maps).resourceVersion();
        try (WatchEvents watch = admin.watch(maps + "?resourceVersion=" + from).reading()) {
            Answer created = createMap("counted");
            Answer changed = admin.merge(maps + "/counted", "{data: {k: w}}").succeeded();
            admin.delete(maps + "/counted").succeeded();
            assertThat(watch.next().path("object")).isEqualTo(created.body());
            assertThat(watch.next().path("object")).isEqualTo(changed.body());
            JsonNode deleted = watch.next();
            assertThat(deleted.at("/object/data/k").asText()).isEqualTo("w");
            assertThat(deleted.at("/object/metadata/resourceVersion").asLong()).isGreaterThan(changed.revision());
        }
    }

    @Test
    void watchWithoutARevisionBeginsWithWhatIsThere() throws IOException {
        createMap("a");
        createMap("b");
        for (String query : List.of("", "?resourceVersion=0")) {
            try (WatchEvents watch = admin.watch(maps + query).reading()) {
                List<String> lines = new ArrayList<>(List.of(watch.line(), watch.line()));
                assertThat(lines).containsExactlyInAnyOrder("ADDED a", "ADDED b");
                admin.merge(maps + "/a", "{metadata: {labels: {seen: x%s}}}", query.length())
                        .succeeded();
                assertThat(watch.line()).isEqualTo("MODIFIED a");
            }
        }
    }

    @Test
    void objectsEnterAndLeaveASelection() throws IOException {
        String selected = maps + "?labelSelector=" + ApiClient.query("colour in (red,blue)");
        String from = admin.get(selected).resourceVersion();
        try (WatchEvents watch =
                admin.watch(selected + "&resourceVersion=" + from).reading()) {
            createMap("painted");
            for (String colour : List.of("red", "blue", "green", "yellow")) {
                admin.merge(maps + "/painted", "{metadata: {labels: {colour: %s}}}", colour)
                        .succeeded();
            }
            createMap("other");
            admin.merge(maps + "/other", "{metadata: {labels: {colour: red}}}").succeeded();
            assertThat(watch.line()).isEqualTo("ADDED painted");
            assertThat(watch.line()).isEqualTo("MODIFIED painted");
            JsonNode left = watch.next();
            assertThat(left.path("type").asText()).isEqualTo("DELETED");
            assertThat(left.at("/object/metadata/labels/colour").asText()).isEqualTo("blue");
            assertThat(watch.line()).isEqualTo("ADDED other");
        }
    }

    @Test
    void watchOfOneNameSeesOnlyThatObject() throws IOException {
        String from = admin.get(maps).resourceVersion();
        String selected = maps + "?fieldSelector=metadata.name%3Dmine&resourceVersion=" + from;
        try (WatchEvents watch = admin.watch(selected).reading()) {
            createMap("others");
            createMap("mine");
            assertThat(watch.line()).isEqualTo("ADDED mine");
        }
    }

    /** Who watches a little of what changes learns by bookmarks how far it has come. */
    @Test
    void bookmarkTellsOfRevisionsThatTheSelectionPassedOver() throws IOException {
        String from = admin.get(maps).resourceVersion();
        String query =
                "?fieldSelector=metadata.name%3Dabsent&allowWatchBookmarks=true&timeoutSeconds=6&resourceVersion=";
        try (WatchEvents watch = admin.watch(maps + query + from).reading()) {
            Answer passedOver = createMap("another");
            JsonNode bookmark = watch.next();
            assertThat(bookmark.path("type").asText()).isEqualTo("BOOKMARK");
            assertThat(bookmark.at("/object/kind").asText()).isEqualTo("ConfigMap");
            assertThat(bookmark.at("/object/metadata/resourceVersion").asLong())
                    .isGreaterThanOrEqualTo(passedOver.revision());
            JsonNode last = watch.next();
            while (last.path("type").asText().equals("BOOKMARK")) {
                last = watch.next();
            }
            assertThat(last.path("type").asText()).isEqualTo(WatchEvents.END);
        }
    }

    @Test
    void revisionThatIsForgottenIsGone() throws IOException {
        String old = createMap("old").resourceVersion();
        for (int i = 0; i < 3; i++) {
            admin.merge(maps + "/old", "{data: {k: w%s}}", i).succeeded();
        }
        engine().restartWithoutHistory();
        try (WatchEvents watch = admin.watch(maps + "?resourceVersion=" + old).reading()) {
            assertThat(watch.code()).isEqualTo(200);
            JsonNode error = watch.next();
            assertThat(error.path("type").asText()).isEqualTo("ERROR");
            assertThat(error.at("/object/code").asInt()).isEqualTo(410);
            assertThat(error.at("/object/reason").asText()).isEqualTo("Expired");
            assertThat(error.at("/object/message").asText()).startsWith("too old resource version: " + old);
            assertThat(watch.next().path("type").asText()).isEqualTo(WatchEvents.END);
        }
        String now = admin.get(maps).resourceVersion();
        try (WatchEvents watch = admin.watch(maps + "?resourceVersion=" + now).reading()) {
            createMap("new");
            assertThat(watch.line()).isEqualTo("ADDED new");
        }
    }

    @Test
    void malformedRevisionIsRefused() {
        // 500 in 1.20, 400 since
        assertThat(admin.get(maps + "?watch=true&resourceVersion=abc").code()).isIn(400, 500);
    }

    /** Whoever does not read must not hold up those who write, and must not lose an event without being told. */
    @Test
    void slowWatcherHoldsUpNobodyAndMissesNothingUnnoticed() throws IOException {
        String from = admin.get(maps).resourceVersion();
        createMap("busy");
        String filler = "x".repeat(SLOW_BYTES);
        try (WatchEvents slow = admin.watch(maps + "?resourceVersion=" + from)) {
            for (int i = 1; i <= SLOW_CHANGES; i++) {
                admin.merge(maps + "/busy", "{data: {n: '%s', filler: %s}}", i, filler)
                        .succeeded();
            }
            slow.reading();
            assertThat(slow.line()).isEqualTo("ADDED busy");
            int next = 1;
            for (JsonNode event = slow.next();
                    next <= SLOW_CHANGES && event.path("type").asText().equals("MODIFIED");
                    event = next <= SLOW_CHANGES ? slow.next() : event) {
                assertThat(event.at("/object/data/n").asInt()).isEqualTo(next);
                next++;
            }
            assertThat(next).isGreaterThan(1);
        }
    }
}
