// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs four validators until the second block and draws every event as it is processed. */
final class ExampleDrawing {
    private static final int VALIDATORS = 4;
    private static final int BLOCKS = 2;
    private static final long SEED = 8;
    private static final String HEADER = "step  A    B    C    D     parents      frame  what follows\n";

    private final Lachesis lachesis = Lachesis.genesis(validators(), SealingRule.never());
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final StringBuilder text = new StringBuilder(HEADER);
    private final Map<EventId, String> names = new LinkedHashMap<>();
    private final Map<Integer, List<EventId>> roots = new HashMap<>();
    private final Event[] last = new Event[VALIDATORS];

    static String draw() {
        ExampleDrawing drawing = new ExampleDrawing();
        for (int step = 1; drawing.lachesis.lastBlock() < BLOCKS; step++) {
            drawing.step(step, (step - 1) % VALIDATORS);
        }
        return drawing.text.toString();
    }

    private static Validators validators() {
        List<Validator> validators = new ArrayList<>();
        for (long id = 1; id <= VALIDATORS; id++) {
            validators.add(new Validator(id, 1));
        }
        return Validators.of(validators);
    }

    private void step(int step, int creator) {
        Event event = create(creator);
        names.put(event.id(), "ABCD".charAt(creator) + String.valueOf(event.seq()));
        Accepted accepted = (Accepted) lachesis.process(event);
        List<String> notes = new ArrayList<>();
        if (accepted.root()) {
            roots.computeIfAbsent(event.frame(), frame -> new ArrayList<>()).add(event.id());
            notes.add(rootNote(event));
        }
        accepted.blocks().forEach(block -> notes.add(blockNote(block)));
        text.append(String.format("%3d  ", step));
        for (int column = 0; column < VALIDATORS; column++) {
            text.append(cell(column, creator, event, accepted.root()));
        }
        String parents =
                String.join(" ", event.parents().stream().map(names::get).toList());
        text.append(String.format(
                        " %-12s %-6d %s",
                        parents.isEmpty() ? "-" : parents, event.frame(), notes.isEmpty() ? "" : notes.getFirst())
                .stripTrailing());
        for (String note : notes.subList(Math.min(1, notes.size()), notes.size())) {
            text.append('\n').append(" ".repeat(HEADER.indexOf("what"))).append(note);
        }
        text.append('\n');
        last[creator] = event;
    }

    /** Builds on the creator's own last event and on the last one of another validator drawn at random. */
    private Event create(int creator) {
        List<EventId> parents = new ArrayList<>();
        if (last[creator] != null) {
            parents.add(last[creator].id());
        }
        Event other = last[(creator + 1 + random.nextInt(VALIDATORS - 1)) % VALIDATORS];
        if (other != null) {
            parents.add(other.id());
        }
        Claim claim = (Claim) lachesis.build(creator + 1, parents);
        return claim.event(VectorEventId.of(claim, 0));
    }

    private String cell(int column, int creator, Event event, boolean root) {
        if (column != creator) {
            return last[column] == null ? "     " : " |   ";
        }
        return String.format("%-5s", (root ? "[" : " ") + names.get(event.id()) + (root ? "]" : ""));
    }

    private String rootNote(Event event) {
        if (event.frame() == 1) {
            return "root of frame 1";
        }
        return "root of frame " + event.frame() + ", caused by " + String.join(" ", causes(event));
    }

    private List<String> causes(Event event) {
        return roots.getOrDefault(event.frame() - 1, List.of()).stream()
                .filter(root -> lachesis.isForklessCause(event.id(), root))
                .map(names::get)
                .toList();
    }

    private String blockNote(Block block) {
        return "BLOCK " + block.number() + ": frame " + block.frame() + ", atropos " + names.get(block.atropos())
                + ", confirms "
                + String.join(
                        " ", block.inExecutionOrder().stream().map(names::get).toList());
    }
}
