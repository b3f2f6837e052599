// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;

/** A word of few, in upper or lower case. */
record Choice<E>(List<E> values, Function<E, String> word) {
    Optional<E> find(String given) {
        return values.stream()
                .filter(value -> word.apply(value).equalsIgnoreCase(given))
                .findFirst();
    }

    /** @param what was typed wrongly, for the error */
    E of(String given, String what) {
        return find(given).orElseThrow(() -> refusal(what, given, words()));
    }

    /** {@code nvme, ssd or hdd}. */
    String words() {
        List<String> words = values.stream().map(word).toList();
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    static StateMeshException refusal(String what, String given, String accepted) {
        return new StateMeshException(
                CliErrors.USAGE,
                what + " is " + (given.isEmpty() ? "empty" : "'" + given + "'") + ": accepted is " + accepted + ".",
                List.of(),
                List.of("statemesh apps deploy --help"));
    }

    static <E> Choice<E> among(E[] values, Function<E, String> word) {
        return new Choice<>(Stream.of(values).toList(), word);
    }
}
