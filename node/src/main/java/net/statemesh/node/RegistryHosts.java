// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import java.nio.file.Path;

/**
 * How containerd reaches the zone registry: by mutual TLS with the node's own certificate. Pure: {@link #render()} gives the
 * {@code hosts.toml} that belongs into {@link #directory(Path)}. Its one host is
 * the default {@code server} itself: were it named below {@code [host]}, containerd would try that server a second time after each failed
 * request, without the settings of the section, and report its refusal of unknown clients instead of the first answer. The section
 * stays, empty, because containerd 1.6 takes no file without it.
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
                capabilities = ["pull", "resolve"]
                ca = %s
                client = [[%s, %s]]

                [host]
                """.formatted(Toml.text(url), Toml.text(ca), Toml.text(certificate), Toml.text(key));
    }
}
