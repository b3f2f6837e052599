// SPDX-License-Identifier: Apache-2.0
package net.statemesh.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the command line asks for.
 *
 * @param names the simulations to run, all when empty
 * @param seeds how many seeds, each simulation's own default when empty
 * @param firstSeed the first of them; the others follow one by one
 */
record Request(List<String> names, OptionalInt seeds, long firstSeed) {
    private static final String USAGE = "usage: ./build sim [NAME]... [--seeds N] [--seed S]";

    Request {
        names = List.copyOf(names);
    }

    /**
     * Reads {@code [NAME]... [--seeds N] [--seed S]}. With {@code --seed} alone that one seed runs.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static Request parse(List<String> arguments) {
        List<String> names = new ArrayList<>();
        OptionalInt seeds = OptionalInt.empty();
        long firstSeed = 1;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--seeds" -> seeds = OptionalInt.of((int) number(arguments, ++i, argument, 1, Integer.MAX_VALUE));
                case "--seed" -> {
                    firstSeed = number(arguments, ++i, argument, Long.MIN_VALUE, Long.MAX_VALUE);
                    seeds = seeds.isPresent() ? seeds : OptionalInt.of(1);
                }
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException("no option '" + argument + "'. " + USAGE);
                    }
                    names.add(argument);
                }
            }
        }
        return new Request(names, seeds, firstSeed);
    }

    private static long number(List<String> arguments, int at, String option, long least, long most) {
        String text = at < arguments.size() ? arguments.get(at) : "nothing";
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, like a number outside the range
        }
        throw new IllegalArgumentException(
                option + " takes a whole number from " + least + " to " + most + ", not '" + text + "'. " + USAGE);
    }
}
