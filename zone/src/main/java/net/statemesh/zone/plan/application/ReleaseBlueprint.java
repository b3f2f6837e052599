// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.statemesh.api.Annotations;
import net.statemesh.api.FieldManagers;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Release;
import net.statemesh.api.application.ReleaseSpec;
import net.statemesh.api.application.ReleaseStatus;
import net.statemesh.zone.plan.Conditions;
import org.jspecify.annotations.Nullable;

/** From an application to the release that keeps its spec. */
final class ReleaseBlueprint {
    private static final Set<String> OPERATED = Set.of("f:replicas", "f:stopped");

    private ReleaseBlueprint() {}

    /** Two masters that both see a new spec give it the same name, so that only one of them makes it. */
    static Release release(Observation seen, long number, String revision) {
        Application application = seen.application();
        Release release = new Release();
        release.setMetadata(ApplicationParts.metadata(application, seen.id(), Long.toString(number))
                .build());
        release.setSpec(new ReleaseSpec(
                application.getMetadata().getName(),
                number,
                Objects.requireNonNullElse(application.getMetadata().getGeneration(), 0L),
                revision,
                changedBy(application.getMetadata()),
                application.getSpec()));
        release.setStatus(ReleaseStatus.startedAt(Conditions.timestamp(seen.now())));
        return release;
    }

    /** Whoever last wrote a field of the spec that is part of a release; for the command line, the user it worked for. */
    private static @Nullable String changedBy(ObjectMeta metadata) {
        List<ManagedFieldsEntry> entries = Objects.requireNonNullElse(metadata.getManagedFields(), List.of());
        String manager = entries.stream()
                .filter(ReleaseBlueprint::wroteSpec)
                .max(Comparator.comparing(entry -> Objects.requireNonNullElse(entry.getTime(), "")))
                .map(ManagedFieldsEntry::getManager)
                .orElse(null);
        String user = Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of())
                .get(Annotations.CHANGED_BY);
        return FieldManagers.CLI.equals(manager) && user != null ? user : manager;
    }

    private static boolean wroteSpec(ManagedFieldsEntry entry) {
        Object spec = entry.getFieldsV1() == null
                ? null
                : entry.getFieldsV1().getAdditionalProperties().get("f:spec");
        return spec instanceof Map<?, ?> fields && !OPERATED.containsAll(fields.keySet());
    }
}
