// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Draws validators and one proposed event after another: forks, lowered frames and frames that are too high among them. */
final class RandomDag {
    private static final int MAX_VALIDATORS = 7;
    private static final int MAX_WEIGHT = 9;

    private final SplittableRandom random;
    private final Validators genesis;
    private final Set<Long> forkers = new HashSet<>();
    private final int sealFrame;
    private final int maxParents;
    private final List<Event> ofEpoch = new ArrayList<>();

    RandomDag(long seed) {
        random = new SplittableRandom(seed);
        boolean equal = random.nextBoolean();
        List<Validator> validators = new ArrayList<>();
        for (long id = random.nextInt(1, MAX_VALIDATORS + 1); id > 0; id--) {
            validators.add(new Validator(id * 3, equal ? 1 : random.nextInt(1, MAX_WEIGHT)));
        }
        genesis = Validators.of(validators);
        int left = genesis.totalWeight() - genesis.quorum();
        for (Validator validator : genesis.canonical()) {
            if (validator.weight() <= left && random.nextBoolean()) {
                left -= validator.weight();
                forkers.add(validator.id());
            }
        }
        sealFrame = random.nextInt(3) == 0 ? random.nextInt(1, 6) : 0;
        maxParents = random.nextInt(2, 6);
    }

    Validators genesis() {
        return genesis;
    }

    SealingRule sealingRule() {
        return (block, current) -> block.frame() != sealFrame
                ? Optional.empty()
                : Optional.of(Validators.of(current.canonical().stream()
                        .map(validator -> forkers.contains(validator.id())
                                ? validator
                                : new Validator(validator.id(), validator.weight() + (int) (block.number() % 2)))
                        .toList()));
    }

    /** The creator and parents of the next event. */
    Claim draw(int epoch) {
        if (!ofEpoch.isEmpty() && ofEpoch.getFirst().epoch() != epoch) {
            ofEpoch.clear();
        }
        long creator = genesis.canonical()
                .get(random.nextInt(genesis.canonical().size()))
                .id();
        List<Event> own =
                ofEpoch.stream().filter(event -> event.creator() == creator).toList();
        List<EventId> parents = new ArrayList<>();
        int lamport = 0;
        int seq = 1;
        int frame = 0;
        boolean forks = forkers.contains(creator) && random.nextInt(4) == 0;
        int pick = forks ? random.nextInt(own.size() + 1) : own.size() - 1;
        if (pick >= 0 && pick < own.size()) {
            Event selfParent = own.get(pick);
            parents.add(selfParent.id());
            lamport = selfParent.lamport();
            seq = selfParent.seq() + 1;
            frame = selfParent.frame();
        }
        for (int i = 0; i < 2 * maxParents && parents.size() < maxParents; i++) {
            int recent = Math.min(ofEpoch.size(), 2 * genesis.canonical().size());
            if (recent > 0) {
                Event other = ofEpoch.get(ofEpoch.size() - 1 - random.nextInt(recent));
                if (other.creator() != creator && !parents.contains(other.id())) {
                    parents.add(other.id());
                    lamport = Math.max(lamport, other.lamport());
                }
            }
        }
        return new Claim(epoch, seq, creator, lamport + 1, parents, frame);
    }

    /** An event of this draw in a frame around the highest possible one. */
    Event propose(Claim draw, int highest) {
        int least = Math.max(1, draw.frame());
        int frame = switch (random.nextInt(8)) {
            case 0 -> highest + random.nextInt(1, 3);
            case 1 -> random.nextInt(least, highest + 1);
            case 2 -> Math.max(1, least - 1);
            default -> highest;
        };
        long prefix = ((long) draw.epoch() << Integer.SIZE) | draw.lamport();
        EventId id = new EventId(prefix, random.nextLong(), random.nextLong(), random.nextLong());
        return new Event(id, draw.epoch(), draw.seq(), draw.creator(), draw.lamport(), draw.parents(), frame);
    }

    void accepted(Event event) {
        ofEpoch.add(event);
    }

    /** Events of the running epoch in order. */
    List<Event> ofEpoch() {
        return ofEpoch;
    }

    SplittableRandom random() {
        return random;
    }
}
