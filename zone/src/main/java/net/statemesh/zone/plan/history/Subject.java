// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.history;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.statemesh.api.SystemNames;
import net.statemesh.api.history.History;

/**
 * Whose history something belongs to.
 *
 * @param namespace where the History is
 * @param kind {@code Application}, {@code Node} or {@code Project}
 */
public record Subject(String namespace, String kind, String name) {
    public static final String APPLICATION = "Application";
    public static final String NODE = "Node";
    public static final String PROJECT = "Project";

    /** {@code APPLICATION-ID-REVISION-NUMBER}, as the master names replicas. */
    private static final Pattern REPLICA = Pattern.compile("(.+)-[a-z0-9]{5}-[a-z2-7]{5}-[a-z0-9]+");

    /**
     * What happens to a replica belongs to its application, also when the replica is gone by now.
     *
     * @param applicationOfPod from the name of a pod in the event's namespace to its application's; empty when it is not known
     */
    public static Optional<Subject> of(Event event, Function<String, Optional<String>> applicationOfPod) {
        ObjectReference about = event.getInvolvedObject();
        if (about == null || about.getName() == null) {
            return Optional.empty();
        }
        String namespace = event.getMetadata().getNamespace();
        String name = about.getName();
        return switch (Objects.requireNonNullElse(about.getKind(), "")) {
            case APPLICATION -> Optional.of(new Subject(namespace, APPLICATION, name));
            case NODE -> Optional.of(new Subject(SystemNames.NAMESPACE, NODE, name));
            case PROJECT -> Optional.of(new Subject(SystemNames.NAMESPACE, PROJECT, name));
            case "Pod" ->
                applicationOfPod
                        .apply(name)
                        .or(() -> applicationIn(name))
                        .map(application -> new Subject(namespace, APPLICATION, application));
            default -> Optional.empty();
        };
    }

    private static Optional<String> applicationIn(String replica) {
        Matcher matcher = REPLICA.matcher(replica);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Name of the History. */
    public String historyName() {
        return History.nameOf(kind, name);
    }
}
