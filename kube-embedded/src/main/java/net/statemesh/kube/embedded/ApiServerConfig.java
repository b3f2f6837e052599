// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * What an API server needs. All files are PEM.
 *
 * @param dataDirectory where objects and the token key are kept
 * @param listen addresses as {@code host:port}; port 0 takes a free one
 * @param clientCa authorities whose client certificates are accepted
 * @param kubeletClientCertificate shown to nodes for logs, exec, attach and port-forward
 * @param kubeletCa authorities of the nodes' serving certificates
 */
public record ApiServerConfig(
        Path dataDirectory,
        List<String> listen,
        Path certificate,
        Path key,
        Path clientCa,
        Path kubeletClientCertificate,
        Path kubeletClientKey,
        Path kubeletCa) {

    public ApiServerConfig {
        listen = List.copyOf(listen);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("listen must name at least one host:port");
        }
    }
}
