// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.validation;

import java.util.Optional;

/** Who holds a host already. */
@FunctionalInterface
public interface HostOwners {
    /** Knows of none: what a client uses that cannot see other projects. */
    HostOwners UNKNOWN = host -> Optional.empty();

    /** Name of the project, other than the asking one, whose application holds the host. */
    Optional<String> otherProjectWith(String host);
}
