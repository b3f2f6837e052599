// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;

/**
 * The numbers at the ends of replicas' names: one more than the highest there is. Two masters that look at the same replicas choose the
 * same name for the next one, so that the API server makes it once, whoever asks and however late. A number comes again when its replica
 * and all later ones are gone.
 */
final class ReplicaNumbers {
    private static final int NONE = -1;

    private int last;

    /** @param replicas all pods of the application, also ended ones */
    ReplicaNumbers(Collection<Pod> replicas) {
        last = replicas.stream()
                .map(pod -> pod.getMetadata().getName())
                .mapToInt(ReplicaNumbers::number)
                .max()
                .orElse(NONE);
    }

    int next() {
        return ++last;
    }

    /** Names without a number were given by somebody else. */
    private static int number(String name) {
        String end = name.substring(name.lastIndexOf('-') + 1);
        return end.matches("\\d{1,9}") ? Integer.parseInt(end) : NONE;
    }
}
