// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import java.nio.file.Path;

/**
 * How containerd reaches the zone registry: by mutual TLS with the node's own certificate. Pure: {@link #render()} gives the
 * {@code hosts.toml} that belongs into {@link #directory(Path)}.
 *
 * @param registry host and port as in image references
 * @param ca signs the registry's certificate
 * @param certificate by which the node shows who it is, with its {@code key}
 */
public record RegistryHosts(String registry, Path ca, Path certificate, Path key) {

    /** Folder of this registry below {@code certs.d}. */
    public Path directory(Path registryConfigDirectory) {
        return registryConfigDirectory.resolve(registry);
    }

    /** The whole {@code hosts.toml}. */
    public String render() {
        String url = "https://" + registry;
        return """
                server = %s

                [host.%s]
                  capabilities = ["pull", "resolve"]
                  ca = %s
                  client = [[%s, %s]]
                """.formatted(Toml.text(url), Toml.text(url), Toml.text(ca), Toml.text(certificate), Toml.text(key));
    }
}
