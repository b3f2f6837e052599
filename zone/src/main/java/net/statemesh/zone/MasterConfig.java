// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a master runs.
 *
 * @param identity name of this master in events and logs, for example {@code statemesh:master}
 * @param health UDP address at which nodes reach this master with heartbeats; without one, only leases tell how nodes are
 */
public record MasterConfig(String identity, @Nullable InetSocketAddress health) {
    public MasterConfig {
        Objects.requireNonNull(identity, "identity");
        if (identity.isBlank()) {
            throw new IllegalArgumentException("identity must not be blank");
        }
    }
}
