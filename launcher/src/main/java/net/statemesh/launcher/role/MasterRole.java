// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.FieldManagers;
import net.statemesh.kube.embedded.ApiServer;
import net.statemesh.kube.embedded.ApiServerConfig;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.zone.Master;
import net.statemesh.zone.MasterConfig;
import net.statemesh.zone.install.ZoneManifests;

/** API server, controllers and scheduler in one process; the last two are ordinary clients of the first. */
final class MasterRole {
    private static final String MASTER = "statemesh:master";
    private static final long ESTABLISHED_SECONDS = 30;

    private MasterRole() {}

    static void run(Path configFile) throws IOException, InterruptedException {
        MasterFile file = JsonFile.read(configFile, MasterFile.class).orElseThrow();
        Path pki = Path.of(file.pki());
        String server = "https://" + file.listen().getFirst();
        try (RoleLife life = new RoleLife();
                ApiServer _ = ApiServer.start(apiServer(file, pki))) {
            install(server, pki, file);
            try (KubernetesClient client = RoleClient.of(server, pki, "master");
                    Master master = Master.start(client, new MasterConfig(MASTER))) {
                life.untilSignalledOrFailed(master.ready());
            }
        }
    }

    private static ApiServerConfig apiServer(MasterFile file, Path pki) {
        Path authority = pki.resolve("zone-ca.crt");
        return new ApiServerConfig(
                Path.of(file.stateFolder()),
                file.listen(),
                pki.resolve("api-server.crt"),
                pki.resolve("api-server.key"),
                authority,
                pki.resolve("api-server.crt"),
                pki.resolve("api-server.key"),
                authority);
    }

    /** As administrator: definitions, rights and settings of the zone. */
    private static void install(String server, Path pki, MasterFile file) {
        try (KubernetesClient administrator = RoleClient.of(server, pki, "admin")) {
            List<HasMetadata> definitions = ZoneManifests.definitions();
            definitions.forEach(definition -> apply(administrator, definition));
            for (HasMetadata definition : definitions) {
                administrator
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(definition.getMetadata().getName())
                        .waitUntilCondition(
                                found -> found != null
                                        && found.getStatus() != null
                                        && found.getStatus().getConditions().stream()
                                                .anyMatch(condition -> condition
                                                                .getType()
                                                                .equals("Established")
                                                        && condition.getStatus().equals("True")),
                                ESTABLISHED_SECONDS,
                                TimeUnit.SECONDS);
            }
            ZoneManifests.objects(file.zone()).forEach(object -> apply(administrator, object));
            createIfAbsent(administrator, ZoneManifests.defaultProject());
        }
    }

    /** It is the administrator's from then on. */
    private static void createIfAbsent(KubernetesClient administrator, HasMetadata object) {
        if (administrator.resource(object).get() == null) {
            administrator.resource(object).create();
        }
    }

    private static void apply(KubernetesClient administrator, HasMetadata object) {
        administrator
                .resource(object)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(FieldManagers.INSTALL)
                                .withForce(true)
                                .build(),
                        object);
    }
}
