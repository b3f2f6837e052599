// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The back ends that this machine can run; the pure Java one is always among them. */
final class Backends {
    private Backends() {}

    static List<Backend> available() {
        return Stream.of(Backend.values()).filter(Backend::isAvailable).toList();
    }

    static Backend any(Random random) {
        return available().get(random.nextInt(available().size()));
    }
}
