// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.ingress.Limits;
import net.statemesh.ingress.RouterConfig;
import net.statemesh.launcher.folder.PrivateFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.pki.ZonePki;

/** The configuration of a zone's router, on this machine or outside a cluster. */
public final class IngressFile {
    private IngressFile() {}

    /** Writes it where {@link RoleFiles#ingress} says. */
    public static void write(ZoneFolder folder, int httpsPort, int httpPort, Path kubeconfig) throws IOException {
        RouterConfig config = new RouterConfig(
                kubeconfig,
                List.of("[::]:" + httpsPort),
                List.of("[::]:" + httpPort),
                List.of(),
                null,
                folder.caCertificate(),
                folder.key(ZonePki.PUBLIC_CA),
                folder.ingress(),
                folder.log("access"),
                0,
                Limits.DEFAULTS);
        PrivateFile.write(RoleFiles.ingress(folder), config.toJson());
    }
}
