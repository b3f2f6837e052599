// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import java.util.Objects;

/**
 * How a master runs.
 *
 * @param identity name of this master in events and logs, for example {@code statemesh:master}
 */
public record MasterConfig(String identity) {
    public MasterConfig {
        Objects.requireNonNull(identity, "identity");
        if (identity.isBlank()) {
            throw new IllegalArgumentException("identity must not be blank");
        }
    }
}
