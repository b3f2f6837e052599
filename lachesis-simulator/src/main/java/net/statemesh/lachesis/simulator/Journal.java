// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.ArrayList;
import java.util.List;
import net.statemesh.lachesis.Event;
import net.statemesh.lachesis.Lachesis;

/**
 * What a validator has on disk: the accepted events in order, and a saved {@link Lachesis} from some point of that row. Events reach the
 * disk late; {@link #flush} waits for it, which a validator does before it shows an event of its own to anybody.
 */
final class Journal {
    private final List<Event> accepted = new ArrayList<>();
    private int flushed;
    private byte[] state;
    private int stateAt;

    Journal(Lachesis genesis) {
        this.state = genesis.save();
    }

    void append(Event event) {
        accepted.add(event);
    }

    void flush() {
        flushed = accepted.size();
    }

    /** Saves the state that all accepted events have led to. */
    void save(Lachesis lachesis) {
        flush();
        state = lachesis.save();
        stateAt = accepted.size();
    }

    int unflushed() {
        return accepted.size() - flushed;
    }

    /** Loses events that did not reach the disk, so that {@code kept} of them are left. */
    void crash(int kept) {
        accepted.subList(flushed + kept, accepted.size()).clear();
        flush();
    }

    byte[] state() {
        return state.clone();
    }

    /** The events after the saved state. */
    List<Event> sinceState() {
        return List.copyOf(accepted.subList(stateAt, accepted.size()));
    }

    List<Event> accepted() {
        return List.copyOf(accepted);
    }
}
