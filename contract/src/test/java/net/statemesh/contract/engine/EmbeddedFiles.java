// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;
import net.statemesh.kube.embedded.ApiServerConfig;

/** The files of an embedded engine below one folder. */
record EmbeddedFiles(Path folder) {
    /** Makes authority and identities. */
    Users prepare() {
        CertificateAuthority authority = CertificateAuthority.create(
                "contract", List.of(), Duration.ofDays(1), Clock.systemUTC(), new SecureRandom());
        authority.store(path("ca.crt"), path("ca.key"));
        authority
                .issue(
                        new Subject("server"),
                        new AlternativeNames(List.of("localhost"), List.of(InetAddress.getLoopbackAddress())),
                        Usage.SERVER,
                        Duration.ofHours(12))
                .store(path("server.crt"), path("server.key"));
        authority
                .issue(new Subject("kubelet-client"), AlternativeNames.NONE, Usage.CLIENT, Duration.ofHours(12))
                .store(path("kubelet.crt"), path("kubelet.key"));
        return new Users(path("ca.crt"), path("ca.key"));
    }

    ApiServerConfig config(int port) {
        return new ApiServerConfig(
                path("data"),
                List.of("127.0.0.1:" + port),
                path("server.crt"),
                path("server.key"),
                path("ca.crt"),
                path("kubelet.crt"),
                path("kubelet.key"),
                path("ca.crt"));
    }

    Path tokenKey() {
        return path("data").resolve("token.key");
    }

    private Path path(String name) {
        return folder.resolve(name);
    }
}
