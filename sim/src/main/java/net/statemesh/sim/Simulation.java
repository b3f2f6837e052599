// SPDX-License-Identifier: Apache-2.0
package net.statemesh.sim;

/** A simulated world that a seed determines, found by {@link java.util.ServiceLoader}: add a line to {@code META-INF/services}. */
public interface Simulation {
    /** The word after {@code ./build sim}; lower case, unique. */
    String name();

    /** How many seeds run when nobody says. */
    int defaultSeeds();

    /** Runs one world to its end. The same seed does the same, step by step. */
    Outcome run(long seed);

    /** Whether everything held that must hold. */
    sealed interface Outcome {
        /** {@code summary} says in a few words what happened, so that a reader sees that something did. */
        record Held(String summary) implements Outcome {}

        /** {@code what} names the step, the rule that broke and what was found. */
        record Violated(String what) implements Outcome {}
    }
}
