// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a master runs.
 *
 * @param identity who acts, in events and conditions, for example {@code statemesh:master}
 * @param candidate this master in the election of the leader: no other process, also no earlier one that may still run, has this name
 * @param health UDP address at which nodes reach this master with heartbeats; without one, only leases tell how nodes are
 */
public record MasterConfig(
        String identity, String candidate, @Nullable InetSocketAddress health) {
    public MasterConfig {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(candidate, "candidate");
        if (identity.isBlank() || candidate.isBlank()) {
            throw new IllegalArgumentException("neither identity nor candidate may be blank");
        }
    }

    /** For a master beside which others may run, without an address for heartbeats. */
    public static MasterConfig oneOfSeveral(String identity) {
        return new MasterConfig(identity, "master-" + UUID.randomUUID(), null);
    }
}
