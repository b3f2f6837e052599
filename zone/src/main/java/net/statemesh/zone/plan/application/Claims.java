// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.project.ProjectQuota;
import net.statemesh.api.validation.HostOwners;
import net.statemesh.api.validation.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Who comes first where several applications want the same: a host, or a place within a project's quota. Whoever holds it keeps it; among
 * those that do not, the oldest comes first.
 */
public final class Claims implements HostOwners {
    private static final Comparator<Application> OLDEST_FIRST = Comparator.<Application, String>comparing(application ->
                    Objects.requireNonNullElse(application.getMetadata().getCreationTimestamp(), ""))
            .thenComparing(application ->
                    Objects.requireNonNullElse(application.getMetadata().getUid(), ""));

    private final Application asking;
    private final Collection<Application> all;

    /** @param all every application of the zone */
    public Claims(Application asking, Collection<Application> all) {
        this.asking = asking;
        this.all = all;
    }

    @Override
    public Optional<String> otherProjectWith(String host) {
        List<Application> others = all.stream()
                .filter(other -> !project(other).equals(project(asking)))
                .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
                .toList();
        return others.stream()
                .filter(other -> holds(other, host) || wants(other, host))
                .filter(other -> comesFirst(other, candidate -> holds(candidate, host)))
                .findFirst()
                .map(Claims::project);
    }

    /** Why the project's quota has no place for this application; empty when it has. */
    public Optional<Violation> outsideQuota(@Nullable ProjectQuota quota) {
        if (quota == null || quota.applications() == null) {
            return Optional.empty();
        }
        long before = all.stream()
                .filter(other -> project(other).equals(project(asking)))
                .filter(other -> comesFirst(other, Claims::isAccepted))
                .count();
        return before < quota.applications()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "metadata.namespace",
                        project(asking),
                        "a project with a place left; the quota of this one is " + quota.applications()
                                + " applications",
                        Reason.QUOTA_EXCEEDED));
    }

    private boolean comesFirst(Application other, Predicate<Application> holder) {
        if (holder.test(other) != holder.test(asking)) {
            return holder.test(other);
        }
        return OLDEST_FIRST.compare(other, asking) < 0;
    }

    private static boolean isAccepted(Application application) {
        return application.getStatus() != null
                && application
                        .getStatus()
                        .condition(ConditionTypes.ACCEPTED)
                        .filter(Condition::holds)
                        .isPresent();
    }

    private static boolean holds(Application application, String host) {
        return application.getStatus() != null
                && application.getStatus().hosts().contains(host);
    }

    private static boolean wants(Application application, String host) {
        return application.getSpec() != null
                && application.getSpec().entrypoints().stream()
                        .map(Entrypoint::host)
                        .anyMatch(host::equals);
    }

    private static String project(Application application) {
        return application.getMetadata().getNamespace();
    }
}
