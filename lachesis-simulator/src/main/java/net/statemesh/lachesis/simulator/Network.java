// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Carries messages between addresses, late, out of order, or not at all.
 *
 * @param <M> what is sent; messages are shared, so they must not be changed
 */
public final class Network<M> {
    private static final int PER_MILLE = 1000;

    private final Agenda agenda;
    private final SplittableRandom random;
    private final List<Receiver<M>> receivers = new ArrayList<>();
    private final List<Integer> sides = new ArrayList<>();
    private Weather weather;

    public Network(Agenda agenda, SplittableRandom random, Weather weather) {
        this.agenda = agenda;
        this.random = random;
        this.weather = weather;
    }

    /** Takes what arrives. */
    @FunctionalInterface
    public interface Receiver<M> {
        void receive(int from, M message);
    }

    /** Conditions on every link: delays are drawn between the bounds, which reorders messages. */
    public record Weather(int minDelayMillis, int maxDelayMillis, int lossPerMille) {
        public Weather {
            if (minDelayMillis < 0 || maxDelayMillis < minDelayMillis || lossPerMille < 0 || lossPerMille > PER_MILLE) {
                throw new IllegalArgumentException("delays of " + minDelayMillis + " to " + maxDelayMillis
                        + " ms, loss of " + lossPerMille + " per mille: 0 <= least <= most, loss 0 to " + PER_MILLE);
            }
        }
    }

    /** Adds an address: 0, 1, 2 and so on. */
    public int join(Receiver<M> receiver) {
        receivers.add(receiver);
        sides.add(0);
        return receivers.size() - 1;
    }

    public int size() {
        return receivers.size();
    }

    public void setWeather(Weather newWeather) {
        weather = newWeather;
    }

    /** Cuts the links between addresses of different sides; messages on their way are lost too. All are on side 0 at first. */
    public void setSide(int address, int side) {
        sides.set(address, side);
    }

    /** Sends a message, which may be lost. */
    public void send(int from, int to, M message) {
        if (random.nextInt(PER_MILLE) < weather.lossPerMille()) {
            return;
        }
        int delayMillis = random.nextInt(weather.minDelayMillis(), weather.maxDelayMillis() + 1);
        agenda.in(delayMillis, () -> deliver(from, to, message));
    }

    private void deliver(int from, int to, M message) {
        if (sides.get(from).equals(sides.get(to))) {
            receivers.get(to).receive(from, message);
        }
    }
}
