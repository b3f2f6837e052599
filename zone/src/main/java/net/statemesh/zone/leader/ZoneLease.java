// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import net.statemesh.api.SystemNames;
import net.statemesh.zone.plan.leader.LeaseRecord;
import org.jspecify.annotations.Nullable;

/** The Lease {@value net.statemesh.api.SystemNames#NAMESPACE}/{@value #NAME}: whoever holds it leads the zone. */
public final class ZoneLease {
    public static final String NAME = "statemesh-master";

    private final KubernetesClient client;
    private final Clock clock;
    private final Duration usual;
    private @Nullable Lease last;

    ZoneLease(KubernetesClient client, Clock clock, Duration usual) {
        this.client = client;
        this.clock = clock;
        this.usual = usual;
    }

    /** What an installer puts there: nobody leads yet, so nobody needs to be waited for. */
    public static Lease free() {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(SystemNames.NAMESPACE)
                .withName(NAME)
                .endMetadata()
                .build();
    }

    LeaseRecord read() {
        last = client.leases().inNamespace(SystemNames.NAMESPACE).withName(NAME).get();
        return record(last);
    }

    /** Refused with 409 or 404 when the Lease has another version than {@code wanted} names. */
    LeaseRecord write(LeaseRecord wanted) {
        ZonedDateTime now = clock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
        LeaseBuilder lease = new LeaseBuilder(free())
                .editMetadata()
                .withResourceVersion(wanted.version().isEmpty() ? null : wanted.version())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(wanted.holder())
                .withLeaseDurationSeconds((int) wanted.duration().toSeconds())
                .withLeaseTransitions(wanted.transitions())
                .withRenewTime(now)
                .withAcquireTime(acquired(wanted, now))
                .endSpec();
        var resource = client.resource(lease.build());
        last = wanted.version().isEmpty() ? resource.create() : resource.update();
        return record(last);
    }

    private ZonedDateTime acquired(LeaseRecord wanted, ZonedDateTime now) {
        return Optional.ofNullable(last)
                .map(Lease::getSpec)
                .filter(before -> wanted.holder().equals(before.getHolderIdentity()))
                .map(LeaseSpec::getAcquireTime)
                .orElse(now);
    }

    private LeaseRecord record(@Nullable Lease lease) {
        if (lease == null) {
            return LeaseRecord.absent(usual);
        }
        String version = lease.getMetadata().getResourceVersion();
        if (lease.getSpec() == null) {
            return new LeaseRecord("", usual, 0, version);
        }
        Integer seconds = lease.getSpec().getLeaseDurationSeconds();
        return new LeaseRecord(
                Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), ""),
                seconds == null ? usual : Duration.ofSeconds(seconds),
                Objects.requireNonNullElse(lease.getSpec().getLeaseTransitions(), 0),
                version);
    }
}
