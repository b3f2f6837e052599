// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.supervisor.Supervisor;
import net.statemesh.launcher.supervisor.SupervisorConfig;
import net.statemesh.launcher.up.Renewal;

/** Keeps the other processes running. */
final class SupervisorRole {
    private SupervisorRole() {}

    static void run(Path configFile) throws IOException, InterruptedException {
        SupervisorConfig config =
                JsonFile.read(configFile, SupervisorConfig.class).orElseThrow();
        ZoneFolder folder = new ZoneFolder(Path.of(config.folder()));
        Clock clock = Clock.systemUTC();
        try (RoleLife life = new RoleLife();
                Supervisor supervisor = new Supervisor(folder, clock)) {
            supervisor.start(config, new Renewal(folder, clock)::run);
            life.untilSignalled();
        }
    }
}
