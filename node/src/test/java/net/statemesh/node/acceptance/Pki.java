// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.PemFiles;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;

/** Certificates of a test: the node's own, the API server's client certificate, and one of somebody else. */
final class Pki {
    private static final Duration VALID = Duration.ofDays(1);

    private Pki() {}

    static void write(Path folder, String nodeName, String nodeAddress) throws IOException {
        Files.createDirectories(folder);
        CertificateAuthority ca =
                CertificateAuthority.create("test", List.of(), VALID, Clock.systemUTC(), new SecureRandom());
        PemFiles.publishCertificates(folder.resolve("ca.crt"), List.of(ca.certificate()));
        AlternativeNames address = new AlternativeNames(List.of(), List.of(InetAddress.getByName(nodeAddress)));
        ca.issue(new Subject("system:node:" + nodeName, "system:nodes"), address, Usage.CLIENT_AND_SERVER, VALID)
                .store(folder.resolve("node.crt"), folder.resolve("node.key"));
        ca.issue(new Subject("statemesh:api-server"), AlternativeNames.NONE, Usage.CLIENT, VALID)
                .store(folder.resolve("api-server.crt"), folder.resolve("api-server.key"));
        AlternativeNames loopback = new AlternativeNames(List.of(), List.of(InetAddress.getLoopbackAddress()));
        ca.issue(new Subject("kube"), loopback, Usage.SERVER, VALID)
                .store(folder.resolve("server.crt"), folder.resolve("server.key"));
        ca.issue(new Subject("admin", "system:masters"), AlternativeNames.NONE, Usage.CLIENT, VALID)
                .store(folder.resolve("admin.crt"), folder.resolve("admin.key"));
        ca.issue(new Subject("somebody"), AlternativeNames.NONE, Usage.CLIENT, VALID)
                .store(folder.resolve("somebody.crt"), folder.resolve("somebody.key"));
    }
}
