// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.identity.PemFiles;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneFolders;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.preflight.Ports;
import net.statemesh.launcher.status.StatusReport;
import net.statemesh.launcher.status.ZoneStatus;

/** One zone: its processes, certificates, secrets, ports and the clock. */
final class ZoneFindings {
    private static final Duration SOON = Duration.ofDays(20);
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final ZoneFolder folder;
    private final Instant now;

    ZoneFindings(ZoneFolder folder, Instant now) {
        this.folder = folder;
        this.now = now;
    }

    List<Finding> all(ZoneRecord zone) throws IOException {
        List<Finding> findings = new ArrayList<>();
        ZoneStatus status = new StatusReport(folder).look();
        boolean stopped = status.components().stream().allMatch(one -> one.pid() == 0);
        if (stopped) {
            findings.add(Finding.good("zone", zone.name() + " is stopped"));
            findings.add(ports(zone));
        } else {
            findings.add(
                    status.ready()
                            ? Finding.good("zone", zone.name() + " is ready")
                            : Finding.bad("zone", String.join("; ", status.problems()), "statemesh up"));
        }
        findings.addAll(certificates());
        findings.add(secrets());
        return findings;
    }

    private static Finding ports(ZoneRecord zone) {
        List<String> taken = Stream.of(zone.httpsPort(), zone.httpPort())
                .filter(port -> !Ports.isFree(port))
                .map(String::valueOf)
                .toList();
        return taken.isEmpty()
                ? Finding.good("ports", zone.httpsPort() + " and " + zone.httpPort() + " are free")
                : Finding.bad("ports", "taken: " + String.join(", ", taken), "end the process that holds it");
    }

    private List<Finding> certificates() throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Path file : files(".crt")) {
            try {
                X509Certificate certificate = PemFiles.readCertificates(file).getFirst();
                if (now.isBefore(certificate.getNotBefore().toInstant())) {
                    findings.add(Finding.bad(
                            "clock",
                            file.getFileName() + " is valid from "
                                    + certificate.getNotBefore().toInstant() + " on: this machine's clock is behind",
                            "set the clock"));
                } else if (now.plus(SOON).isAfter(certificate.getNotAfter().toInstant())) {
                    findings.add(Finding.warning(
                            "certificates",
                            file.getFileName() + " ends at "
                                    + certificate.getNotAfter().toInstant(),
                            "statemesh up renews it"));
                }
            } catch (StateMeshException e) {
                findings.add(Finding.bad("certificates", e.sentence(), String.join("; ", e.next())));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.good("certificates", "all valid"));
        }
        return findings;
    }

    private Finding secrets() throws IOException {
        List<String> open = new ArrayList<>();
        for (Path own : Stream.concat(files(".key").stream(), ZoneFolders.owned(folder).stream())
                .filter(Files::exists)
                .toList()) {
            if (Files.getPosixFilePermissions(own).stream().anyMatch(OTHERS::contains)) {
                open.add(own.toString());
            }
        }
        return open.isEmpty()
                ? Finding.good("secrets", "keys and stored objects are readable by their owner only")
                : Finding.bad(
                        "secrets", "readable by others: " + String.join(", ", open), "chmod go= " + open.getFirst());
    }

    private List<Path> files(String ending) throws IOException {
        if (!Files.isReadable(folder.pki())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.pki())) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
