// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import java.net.URI;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Kubeconfig;
import net.statemesh.identity.PemFiles;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.pki.ZonePki;

/** How a process of the zone reaches the API server as itself. */
final class RoleKubeconfig {
    private RoleKubeconfig() {}

    /**
     * The file of one identity.
     *
     * @param server the API server as this process reaches it
     */
    static Kubeconfig of(ZoneFolder folder, ZoneRecord zone, String identity, String server) {
        return new Kubeconfig(
                zone.name(),
                identity,
                URI.create(server),
                PemFiles.readCertificates(folder.certificate(ZonePki.ZONE_CA)).getFirst(),
                Identity.load(folder.certificate(identity), folder.key(identity)),
                "default");
    }
}
