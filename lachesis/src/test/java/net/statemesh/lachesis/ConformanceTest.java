// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every DAG below {@code lachesis/} in the folder of shared vectors gives what the reference implementation gave. */
@Tag("conformance")
class ConformanceTest {
    private static final int ORDERS = 20;
    private static final int REOPENINGS = 25;

    @TestFactory
    Stream<DynamicTest> eventsGiveTheReferencesRootsAndBlocks() throws IOException {
        return forEveryDag(ConformanceTest::replay);
    }

    @TestFactory
    Stream<DynamicTest> samplesOfForklessCauseAndObservedCheatersAgree() throws IOException {
        return forEveryDag(dag -> {
            Lachesis lachesis = dag.genesis();
            dag.steps().forEach(step -> lachesis.process(step.event()));
            for (SharedDag.CauseSample sample : dag.causes()) {
                assertThat(lachesis.isForklessCause(sample.later(), sample.earlier()))
                        .as("%s", sample)
                        .isEqualTo(sample.expected());
            }
            for (SharedDag.CheaterSample sample : dag.observed()) {
                assertThat(lachesis.cheatersObservedBy(sample.event()))
                        .as("%s", sample)
                        .isEqualTo(sample.cheaters());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> builtFramesAreTheClaimedOnesAndHigherClaimsAreRejected() throws IOException {
        return forEveryDag(ConformanceTest::buildEvery);
    }

    @TestFactory
    Stream<DynamicTest> eventIdsAgree() throws IOException {
        return forEveryDag(dag -> {
            for (SharedDag.Step step : dag.steps()) {
                assertThat(VectorEventId.of(step.event(), step.salt()))
                        .isEqualTo(step.event().id());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> otherTopologicalOrdersGiveTheSameBlocks() throws IOException {
        return forEveryDag(dag -> {
            for (int seed = 1; seed <= ORDERS; seed++) {
                assertThat(blocksOf(dag, new SplittableRandom(seed)))
                        .as("order of seed %d", seed)
                        .isEqualTo(dag.blocks());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> savingAndReopeningAtRandomEventsChangesNothing() throws IOException {
        return forEveryDag(dag -> {
            SplittableRandom random = new SplittableRandom(dag.steps().size());
            Lachesis lachesis = dag.genesis();
            for (SharedDag.Step step : dag.steps()) {
                if (random.nextInt(dag.steps().size()) < REOPENINGS) {
                    lachesis = reopened(lachesis, dag.sealingRule());
                }
                assertThat(lachesis.process(step.event())).isEqualTo(new Accepted(step.root(), step.blocks()));
            }
        });
    }

    private static void replay(SharedDag dag) {
        Lachesis lachesis = dag.genesis();
        for (SharedDag.Step step : dag.steps()) {
            assertThat(lachesis.process(step.event()))
                    .as("event %s", step.event().id())
                    .isEqualTo(new Accepted(step.root(), step.blocks()));
        }
        assertThat(lachesis.epoch()).isEqualTo(dag.epochs().size());
    }

    private static void buildEvery(SharedDag dag) {
        Lachesis lachesis = dag.genesis();
        for (SharedDag.Step step : dag.steps()) {
            Event event = step.event();
            Claim claim = (Claim) lachesis.build(event.creator(), event.parents());
            assertThat(claim.seq()).isEqualTo(event.seq());
            assertThat(claim.lamport()).isEqualTo(event.lamport());
            if (dag.lowered()) {
                assertThat(claim.frame()).isGreaterThanOrEqualTo(event.frame());
            } else {
                assertThat(claim.frame()).isEqualTo(event.frame());
            }
            Event tooHigh = new Event(
                    event.id(),
                    event.epoch(),
                    event.seq(),
                    event.creator(),
                    event.lamport(),
                    event.parents(),
                    claim.frame() + 1);
            assertThat(lachesis.process(tooHigh))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.rule()).isEqualTo(Rule.FRAME_REACHED));
            assertThat(lachesis.process(event)).isInstanceOf(Accepted.class);
        }
    }

    /** Feeds the DAG in a random order with parents first; what an epoch's sealing cuts off is lost, as in the reference. */
    private static List<Block> blocksOf(SharedDag dag, SplittableRandom random) {
        Lachesis lachesis = dag.genesis();
        List<Block> blocks = new ArrayList<>();
        for (Event event : shuffled(dag, random)) {
            Processed processed = lachesis.process(event);
            if (processed instanceof Accepted accepted) {
                blocks.addAll(accepted.blocks());
            } else {
                assertThat(processed)
                        .isInstanceOfSatisfying(
                                Rejected.class,
                                rejected -> assertThat(rejected.rule()).isEqualTo(Rule.EPOCH_NOT_OVER));
            }
        }
        return blocks;
    }

    private static List<Event> shuffled(SharedDag dag, SplittableRandom random) {
        Map<EventId, List<Event>> children = new HashMap<>();
        Map<EventId, Integer> missing = new HashMap<>();
        List<List<Event>> readyByEpoch = new ArrayList<>();
        dag.epochs().forEach(epoch -> readyByEpoch.add(new ArrayList<>()));
        for (SharedDag.Step step : dag.steps()) {
            Event event = step.event();
            missing.put(event.id(), event.parents().size());
            event.parents()
                    .forEach(parent -> children.computeIfAbsent(parent, id -> new ArrayList<>())
                            .add(event));
            if (event.parents().isEmpty()) {
                readyByEpoch.get(event.epoch() - 1).add(event);
            }
        }
        List<Event> order = new ArrayList<>();
        for (List<Event> ready : readyByEpoch) {
            while (!ready.isEmpty()) {
                int pick = random.nextInt(ready.size());
                Event event = ready.set(pick, ready.getLast());
                ready.removeLast();
                order.add(event);
                for (Event child : children.getOrDefault(event.id(), List.of())) {
                    if (missing.merge(child.id(), -1, Integer::sum) == 0) {
                        ready.add(child);
                    }
                }
            }
        }
        return order;
    }

    private static Lachesis reopened(Lachesis lachesis, SealingRule sealingRule) {
        byte[] state = lachesis.save();
        Lachesis again = ((Reopened.Open) Lachesis.reopen(state, sealingRule)).lachesis();
        assertThat(again.save()).isEqualTo(state);
        return again;
    }

    private static Stream<DynamicTest> forEveryDag(Consumer<SharedDag> check) throws IOException {
        Path folder = Path.of(System.getProperty("statemesh.vectors")).resolve("lachesis");
        if (!Files.isDirectory(folder)) {
            System.out.println("no folder " + folder + ", so no vectors of lachesis in this run");
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("dag.*\\.jsonl"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(), () -> check.accept(SharedDag.read(file))))
                    .toList()
                    .stream();
        }
    }
}
