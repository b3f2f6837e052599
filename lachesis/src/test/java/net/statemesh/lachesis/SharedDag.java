// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One file of the shared vectors: a DAG that the reference implementation processed, and what it answered. */
record SharedDag(
        long sealFrame,
        boolean lowered,
        List<Validators> epochs,
        List<Step> steps,
        List<CauseSample> causes,
        List<CheaterSample> observed) {

    /** An event in the order of the reference and the blocks that it decided there. */
    record Step(Event event, boolean root, long salt, List<Block> blocks) {}

    record CauseSample(EventId later, EventId earlier, boolean expected) {}

    record CheaterSample(EventId event, List<Long> cheaters) {}

    static SharedDag read(Path file) {
        try {
            Reader reader = new Reader();
            ObjectMapper json = new ObjectMapper();
            for (String line : Files.readAllLines(file)) {
                reader.add(json.readTree(line));
            }
            return reader.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Epoch e ends with the block that decides the sealing frame. */
    SealingRule sealingRule() {
        return (block, validators) -> sealFrame != 0 && block.frame() == sealFrame
                ? Optional.of(epochs.get(block.epoch()))
                : Optional.empty();
    }

    Lachesis genesis() {
        return Lachesis.genesis(epochs.getFirst(), sealingRule());
    }

    List<Block> blocks() {
        return steps.stream().flatMap(step -> step.blocks().stream()).toList();
    }

    private static final class Reader {
        private long sealFrame;
        private boolean lowered;
        private final List<Validators> epochs = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<CauseSample> causes = new ArrayList<>();
        private final List<CheaterSample> observed = new ArrayList<>();

        void add(JsonNode line) {
            switch (line.get("t").asText()) {
                case "dag" -> {
                    sealFrame = line.get("sealFrame").asLong();
                    lowered = line.get("lowered").asDouble() > 0;
                }
                case "epoch" -> epochs.add(validators(line));
                case "e" -> steps.add(event(line));
                case "b" -> steps.getLast().blocks().add(block(line));
                case "fc" ->
                    line.get("samples")
                            .forEach(sample -> causes.add(new CauseSample(
                                    idOf(sample.get(0)),
                                    idOf(sample.get(1)),
                                    sample.get(2).asInt() == 1)));
                case "obs" ->
                    line.get("samples")
                            .forEach(sample ->
                                    observed.add(new CheaterSample(idOf(sample.get(0)), longs(sample.get(1)))));
                default -> throw new IllegalArgumentException("unknown record " + line);
            }
        }

        private static Validators validators(JsonNode line) {
            List<Validator> listed = new ArrayList<>();
            line.get("validators")
                    .forEach(pair -> listed.add(
                            new Validator(pair.get(0).asLong(), pair.get(1).asInt())));
            Validators validators = Validators.of(listed.reversed());
            if (!validators.canonical().equals(listed)
                    || validators.totalWeight() != line.get("total").asLong()
                    || validators.quorum() != line.get("quorum").asLong()) {
                throw new AssertionError("order, total or quorum differ: " + validators);
            }
            return validators;
        }

        private Step event(JsonNode line) {
            List<EventId> parents = new ArrayList<>();
            line.get("p").forEach(parent -> parents.add(idOf(parent)));
            EventId id = EventId.read(
                    ByteBuffer.wrap(HexFormat.of().parseHex(line.get("id").asText())));
            Event event = new Event(
                    id,
                    line.get("ep").asInt(),
                    line.get("s").asInt(),
                    line.get("c").asLong(),
                    line.get("l").asInt(),
                    parents,
                    line.get("f").asInt());
            long salt = line.has("salt") ? line.get("salt").asLong() : 0;
            return new Step(event, line.get("r").asBoolean(), salt, new ArrayList<>());
        }

        private Block block(JsonNode line) {
            List<EventId> confirmed = new ArrayList<>();
            line.get("cf").forEach(event -> confirmed.add(idOf(event)));
            return new Block(
                    line.get("n").asLong(),
                    line.get("ep").asInt(),
                    line.get("f").asInt(),
                    idOf(line.get("a")),
                    longs(line.get("ch")),
                    confirmed);
        }

        private EventId idOf(JsonNode index) {
            return steps.get(index.asInt()).event().id();
        }

        private static List<Long> longs(JsonNode array) {
            List<Long> numbers = new ArrayList<>();
            array.forEach(number -> numbers.add(number.asLong()));
            return numbers;
        }

        SharedDag finish() {
            return new SharedDag(sealFrame, lowered, epochs, steps, causes, observed);
        }
    }
}
