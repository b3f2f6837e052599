// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What the master observed last.
 *
 * @param id five characters, unique in the zone, given once: the part of the generated host that never changes
 * @param hosts names that the application holds; the router answers for these and no others
 * @param selector label selector of the replicas, for the scale subresource
 * @param release what is served or rolled out; absent before the first accepted spec
 * @param replicaStatuses at most {@value #MAX_REPLICA_STATUSES}, those with trouble first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApplicationStatus(
        @Nullable Phase phase,
        @Nullable String id,
        Long observedGeneration,

        @JsonPropertyDescription("Hash of the wanted revision.") @Nullable
        String revision,

        @Nullable CurrentRelease release,

        @StatusReplicas Integer replicas,
        Integer readyReplicas,

        @JsonPropertyDescription("Replicas of the wanted revision.")
        Integer updatedReplicas,

        @LabelSelector @Nullable String selector,
        List<String> hosts,
        List<String> urls,
        List<ReplicaStatus> replicaStatuses,
        List<Condition> conditions) {
    /** Keeps the object small when an application has many replicas. */
    public static final int MAX_REPLICA_STATUSES = 100;

    public static final ApplicationStatus NONE = new ApplicationStatus(
            null, null, 0L, null, null, 0, 0, 0, null, List.of(), List.of(), List.of(), List.of());

    public ApplicationStatus {
        observedGeneration = Absent.or(observedGeneration, 0L);
        replicas = Absent.or(replicas, 0);
        readyReplicas = Absent.or(readyReplicas, 0);
        updatedReplicas = Absent.or(updatedReplicas, 0);
        hosts = Absent.list(hosts);
        urls = Absent.list(urls);
        replicaStatuses = Absent.list(replicaStatuses);
        conditions = Absent.list(conditions);
    }

    /** What a new application starts with. */
    public static ApplicationStatus pending(String id) {
        return new ApplicationStatus(
                Phase.PENDING, id, 0L, null, null, 0, 0, 0, null, List.of(), List.of(), List.of(), List.of());
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }
}
