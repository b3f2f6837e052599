// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.util.List;
import java.util.Objects;
import net.statemesh.api.Hostnames;
import net.statemesh.api.application.Entrypoint;

/** Names that an application answers to, and the addresses to open in a browser. */
record Hosts(List<String> names, List<String> urls) {
    /** @param granted whether the application holds what it asks for */
    static Hosts of(Observation seen, boolean granted) {
        if (!granted) {
            return seen.application().getStatus() == null
                    ? new Hosts(List.of(), List.of())
                    : new Hosts(
                            seen.application().getStatus().hosts(),
                            seen.application().getStatus().urls());
        }
        String generated = Hostnames.generated(seen.application().getMetadata().getName(), seen.id(), seen.zone());
        List<Entrypoint> entrypoints = seen.application().getSpec().entrypoints();
        return new Hosts(
                entrypoints.stream()
                        .map(entrypoint -> Objects.requireNonNullElse(entrypoint.host(), generated))
                        .distinct()
                        .toList(),
                entrypoints.stream()
                        .map(entrypoint -> url(seen, entrypoint, generated))
                        .distinct()
                        .toList());
    }

    private static String url(Observation seen, Entrypoint entrypoint, String generated) {
        String root = seen.zone().httpsUrl(Objects.requireNonNullElse(entrypoint.host(), generated));
        return entrypoint.path().equals("/") ? root : root + entrypoint.path();
    }
}
