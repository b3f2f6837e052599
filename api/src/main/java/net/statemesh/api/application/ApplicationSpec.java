// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customer wants to run. Absent lists are empty; absent numbers have the defaults below.
 *
 * @param stopped whether all replicas are ended while the object and its names stay
 * @param restartNonce any text; a change replaces every replica by the update strategy
 * @param drainSeconds after a leaving replica gets no new requests and before its containers are asked to end
 * @param progressDeadlineSeconds since the last replica of a new release became ready
 * @param automaticRollback whether a release whose replicas do not become ready gives way to the last one that served
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApplicationSpec(
        @Required @Size(min = 1, max = MAX_CONTAINERS) @JsonPropertyDescription("Containers of one replica.")
        List<ContainerSpec> containers,

        @Size(max = MAX_CONTAINERS)
        @JsonPropertyDescription("Containers that run to completion, in order, before the others start.")
        List<ContainerSpec> initContainers,

        @Size(max = MAX_PULL_SECRETS)
        @JsonPropertyDescription("Names of Secrets (kubernetes.io/dockerconfigjson) with registry credentials.")
        List<String> imagePullSecrets,

        @Min(0)
        @Max(MAX_REPLICAS)
        @Default("1")
        @SpecReplicas
        @JsonPropertyDescription("How many replicas run; 0 to 1000.")
        Integer replicas,

        @Default("Rolling")
        @JsonPropertyDescription("Rolling: one after another without losing ready replicas. Simultaneous: all at once.")
        UpdateStrategy updateStrategy,

        @Size(max = MAX_ENTRYPOINTS)
        @JsonPropertyDescription("How the application is reached from outside; none: not at all.")
        List<Entrypoint> entrypoints,

        @JsonPropertyDescription("Copied to every pod.") Map<String, String> annotations,

        @Min(0)
        @Max(MAX_GRACE_SECONDS)
        @Default("30")
        @JsonPropertyDescription("Seconds between the request to end and the kill.")
        Integer terminationGracePeriodSeconds,

        @JsonPropertyDescription("What a node must have to run this.") @Nullable
        Requirements requirements,

        @JsonPropertyDescription("Where replicas go beside each other and beside other applications.") @Nullable
        Placement placement,

        @Default("Normal")
        @JsonPropertyDescription("Who goes first when there is not room for all; High may take the room of lower ones.")
        Priority priority,

        @JsonPropertyDescription("true ends all replicas and keeps the application.")
        Boolean stopped,

        @Size(max = 63) @JsonPropertyDescription("Any text; a change restarts every replica.") @Nullable
        String restartNonce,

        @Min(0)
        @Max(MAX_DRAIN_SECONDS)
        @Default("10")
        @JsonPropertyDescription(
                "Seconds that requests in flight have to end after a leaving replica gets no new ones, before its containers are asked to end.")
        Integer drainSeconds,

        @Min(MIN_PROGRESS_DEADLINE_SECONDS)
        @Max(MAX_PROGRESS_DEADLINE_SECONDS)
        @Default("180")
        @JsonPropertyDescription(
                "Seconds that a release may go on without another replica becoming ready before it counts as failed.")
        Integer progressDeadlineSeconds,

        @Default("true")
        @JsonPropertyDescription(
                "true: a release whose replicas do not become ready gives way to the last one that served.")
        Boolean automaticRollback) {
    public static final int MAX_REPLICAS = 1000;
    public static final int MAX_CONTAINERS = 32;
    public static final int MAX_ENTRYPOINTS = 64;
    public static final int MAX_PULL_SECRETS = 16;
    public static final int MAX_GRACE_SECONDS = 3600;
    public static final int DEFAULT_GRACE_SECONDS = 30;
    public static final int MAX_DRAIN_SECONDS = 3600;
    public static final int DEFAULT_DRAIN_SECONDS = 10;
    public static final int MIN_PROGRESS_DEADLINE_SECONDS = 5;
    public static final int MAX_PROGRESS_DEADLINE_SECONDS = 86_400;
    public static final int DEFAULT_PROGRESS_DEADLINE_SECONDS = 180;

    /** JSON leaves out what has its default, so every component may arrive as null. */
    public ApplicationSpec {
        containers = Absent.list(containers);
        initContainers = Absent.list(initContainers);
        imagePullSecrets = Absent.list(imagePullSecrets);
        replicas = Absent.or(replicas, 1);
        updateStrategy = Absent.or(updateStrategy, UpdateStrategy.ROLLING);
        entrypoints = Absent.list(entrypoints);
        annotations = Absent.map(annotations);
        terminationGracePeriodSeconds = Absent.or(terminationGracePeriodSeconds, DEFAULT_GRACE_SECONDS);
        priority = Absent.or(priority, Priority.NORMAL);
        stopped = Absent.or(stopped, false);
        drainSeconds = Absent.or(drainSeconds, DEFAULT_DRAIN_SECONDS);
        progressDeadlineSeconds = Absent.or(progressDeadlineSeconds, DEFAULT_PROGRESS_DEADLINE_SECONDS);
        automaticRollback = Absent.or(automaticRollback, true);
    }

    public static ApplicationSpecBuilder of(ContainerSpec... containers) {
        return new ApplicationSpecBuilder(List.of(containers));
    }

    public ApplicationSpecBuilder toBuilder() {
        return new ApplicationSpecBuilder(this);
    }
}
