// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.Locale;

/** Enumerated states as the API spells them. */
final class Words {
    private Words() {}

    /** {@code CRASH_LOOPING} to {@code CrashLooping}. */
    static String of(Enum<?> state) {
        StringBuilder word = new StringBuilder();
        for (String part : state.name().split("_", -1)) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }

    /** {@code 1 replica}, {@code 2 replicas}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
