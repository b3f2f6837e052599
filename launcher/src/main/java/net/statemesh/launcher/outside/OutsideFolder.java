// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.outside;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.component.IngressFile;
import net.statemesh.launcher.component.RoleFiles;
import net.statemesh.launcher.folder.PrivateFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneFolders;
import net.statemesh.zone.install.Roles;

/** A zone folder for a zone whose API somebody else runs: with it the commands, a master and a router work from here. */
public final class OutsideFolder {
    private final ZoneFolder folder;

    public OutsideFolder(ZoneFolder folder) {
        this.folder = folder;
    }

    /**
     * Writes it anew; the public CA stays the zone's.
     *
     * @param kubeconfig that the client was made from; people go on using it
     * @return when the first token expires
     */
    public Instant write(KubernetesClient administrator, Path kubeconfig, Duration validity) throws IOException {
        ZoneSettings zone = settings(administrator);
        ZoneFolders.ensure(folder);
        PrivateFile.write(folder.kubeconfig(), Files.readAllBytes(kubeconfig));
        new PublicAuthority(administrator, zone).store(folder);
        AccountKubeconfig accounts = new AccountKubeconfig(administrator, validity);
        Path router = folder.ingress().resolve("kubeconfig");
        Instant master = accounts.store(Roles.MASTER, RoleFiles.controllers(folder));
        Instant ingress = accounts.store(Roles.INGRESS, router);
        IngressFile.write(folder, zone.httpsPort(), zone.httpPort(), router);
        return master.isBefore(ingress) ? master : ingress;
    }

    private static ZoneSettings settings(KubernetesClient administrator) {
        ConfigMap found = administrator
                .configMaps()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(SystemNames.ZONE_CONFIG_MAP)
                .get();
        if (found == null) {
            throw new StateMeshException(
                    LauncherErrors.NOT_INSTALLED,
                    "no zone is installed at " + administrator.getMasterUrl() + ".",
                    List.of(),
                    List.of("statemesh zone install"));
        }
        return ZoneSettings.from(found);
    }
}
