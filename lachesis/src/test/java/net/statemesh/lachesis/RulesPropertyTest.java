// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lachesis against the rules word by word, on random DAGs. */
@Tag("property")
class RulesPropertyTest {
    private static final int SEEDS = 60;
    private static final int EVENTS = 160;
    private static final int SAMPLES = 40;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyAnswerIsThatOfTheRules(long seed) {
        RandomDag dag = new RandomDag(seed);
        Lachesis lachesis = Lachesis.genesis(dag.genesis(), dag.sealingRule());
        NaiveLachesis naive = new NaiveLachesis(dag.genesis(), dag.sealingRule());
        for (int i = 0; i < EVENTS; i++) {
            Claim draw = dag.draw(lachesis.epoch());
            Claim built = (Claim) lachesis.build(draw.creator(), draw.parents());
            Event event = dag.propose(draw, built.frame());
            assertThat(built.frame()).isEqualTo(naive.frameFor(event));
            if (dag.random().nextInt(20) == 0) {
                lachesis = ((Reopened.Open) Lachesis.reopen(lachesis.save(), dag.sealingRule())).lachesis();
            }
            boolean root = naive.isRootAfter(event);
            byte[] before = lachesis.save();
            Optional<List<Block>> expected = naive.process(event);
            Processed processed = lachesis.process(event);
            if (expected.isPresent()) {
                assertThat(processed).isEqualTo(new Accepted(root, expected.get()));
                dag.accepted(event);
            } else {
                assertThat(processed)
                        .isInstanceOfSatisfying(
                                Rejected.class,
                                rejected -> assertThat(rejected.rule()).isEqualTo(Rule.FRAME_REACHED));
                assertThat(lachesis.save()).isEqualTo(before);
            }
        }
        compareSamples(dag, lachesis, naive);
    }

    private static void compareSamples(RandomDag dag, Lachesis lachesis, NaiveLachesis naive) {
        List<Event> events = dag.ofEpoch().stream()
                .filter(event -> lachesis.knows(event.id()))
                .toList();
        for (int i = 0; i < SAMPLES && !events.isEmpty(); i++) {
            EventId later = events.get(dag.random().nextInt(events.size())).id();
            EventId earlier = events.get(dag.random().nextInt(events.size())).id();
            assertThat(lachesis.cheatersObservedBy(later)).isEqualTo(naive.cheaters(later));
            assertThat(lachesis.isForklessCause(later, earlier)).isEqualTo(naive.forklessCause(later, earlier));
        }
    }
}
