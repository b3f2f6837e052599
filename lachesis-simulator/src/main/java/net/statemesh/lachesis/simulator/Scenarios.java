// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.statemesh.lachesis.Validator;
import net.statemesh.lachesis.Validators;

/** Draws scenarios from seeds. */
public final class Scenarios {
    private static final int MIN_VALIDATORS = 3;
    private static final int MAX_VALIDATORS = 11;
    private static final int MAX_WEIGHT = 100;

    /** Takes a third of equal validators to 34 % of the weight, and half of the others with them just to a quorum. */
    private static final int EXCESS_WEIGHT = 2;

    private static final int MIN_TURBULENT_ROUNDS = 20;
    private static final int MAX_TURBULENT_ROUNDS = 120;
    private static final int MAX_LOSS_PER_MILLE = 300;
    private static final int MAX_SEAL_FRAME = 10;
    private static final int CALM_ROUNDS = 80;

    /** Distinguishes the draw of a scenario from the draws of its world. */
    private static final long SALT = 0x5DEECE66DL;

    private static final long ODD_ADDRESSES = 0xAAAAAAAAAAAAAAAAL;

    private static final Role[] BYZANTINE = {Role.FORKER, Role.TWO_FACED, Role.SILENT, Role.FLOODER, Role.LIAR};

    private Scenarios() {}

    /** Anything that the protocol must bear: less than a third of the weight is Byzantine. */
    public static Scenario tolerable(long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ SALT);
        Validators validators = validators(random);
        Map<Long, Role> roles = byzantine(random, validators);
        int honest = validators.canonical().size() - roles.size();
        int roundMillis = random.nextInt(100, 500);
        int turbulentMillis = roundMillis * random.nextInt(MIN_TURBULENT_ROUNDS, MAX_TURBULENT_ROUNDS);
        int maxDelayMillis = roundMillis / 4 + random.nextInt(3) * roundMillis;
        return new Scenario(
                seed,
                validators,
                roles,
                roundMillis,
                random.nextInt(2, 11),
                random.nextInt(4) == 0 ? 0 : random.nextInt(1, MAX_SEAL_FRAME),
                turbulentMillis,
                new Network.Weather(0, maxDelayMillis, random.nextInt(MAX_LOSS_PER_MILLE)),
                new Network.Weather(0, roundMillis / 2, 0),
                CALM_ROUNDS,
                partitions(random, turbulentMillis),
                crashes(random, honest, turbulentMillis));
    }

    /**
     * What no protocol can bear: a little more than a third of the weight is two-faced.
     *
     * @param cut whether the honest are cut in two halves that each talk to one face; else they soon meet the other face's events
     */
    public static Scenario beyondTolerance(long seed, boolean cut) {
        SplittableRandom random = new SplittableRandom(seed ^ SALT);
        int honest = 2 * random.nextInt(2, 5);
        List<Validator> validators = new ArrayList<>();
        Map<Long, Role> roles = new HashMap<>();
        for (long id = 1; id <= honest; id++) {
            validators.add(new Validator(id, MAX_WEIGHT));
        }
        for (long id = honest + 1L; id <= honest + honest / 2; id++) {
            validators.add(new Validator(id, MAX_WEIGHT + EXCESS_WEIGHT));
            roles.put(id, Role.TWO_FACED);
        }
        int roundMillis = 200;
        int turbulentMillis = roundMillis * 40;
        return new Scenario(
                seed,
                Validators.of(validators),
                roles,
                roundMillis,
                honest,
                0,
                turbulentMillis,
                new Network.Weather(0, roundMillis / 2, 0),
                new Network.Weather(0, roundMillis / 2, 0),
                CALM_ROUNDS,
                cut ? List.of(new Scenario.Partition(0, turbulentMillis, ODD_ADDRESSES)) : List.of(),
                List.of());
    }

    private static Validators validators(SplittableRandom random) {
        int count = random.nextInt(MIN_VALIDATORS, MAX_VALIDATORS + 1);
        boolean equal = random.nextBoolean();
        List<Validator> validators = new ArrayList<>();
        for (long id = 1; id <= count; id++) {
            validators.add(new Validator(id, equal ? 1 : random.nextInt(1, MAX_WEIGHT + 1)));
        }
        return Validators.of(validators);
    }

    private static Map<Long, Role> byzantine(SplittableRandom random, Validators validators) {
        int left = validators.totalWeight() - validators.quorum();
        List<Validator> candidates = new ArrayList<>(validators.canonical());
        Map<Long, Role> roles = new HashMap<>();
        while (!candidates.isEmpty()) {
            Validator candidate = candidates.remove(random.nextInt(candidates.size()));
            if (candidate.weight() <= left) {
                left -= candidate.weight();
                roles.put(candidate.id(), BYZANTINE[random.nextInt(BYZANTINE.length)]);
            }
        }
        return roles;
    }

    private static List<Scenario.Partition> partitions(SplittableRandom random, int untilMillis) {
        List<Scenario.Partition> partitions = new ArrayList<>();
        int from = random.nextInt(untilMillis);
        for (int i = random.nextInt(3); i > 0 && from < untilMillis; i--) {
            int to = from + 1 + random.nextInt(untilMillis / 3);
            partitions.add(new Scenario.Partition(from, to, random.nextLong()));
            from = to + random.nextInt(untilMillis);
        }
        return partitions;
    }

    private static List<Scenario.Crash> crashes(SplittableRandom random, int honest, int untilMillis) {
        List<Scenario.Crash> crashes = new ArrayList<>();
        for (int i = random.nextInt(2 * honest); i > 0; i--) {
            int from = random.nextInt(untilMillis);
            int to = from + 1 + random.nextInt(untilMillis / 4);
            crashes.add(new Scenario.Crash(random.nextInt(honest), from, to));
        }
        return crashes;
    }
}
