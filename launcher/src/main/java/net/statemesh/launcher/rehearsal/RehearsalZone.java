// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import net.statemesh.api.ZoneSettings;
import net.statemesh.launcher.component.ComponentFiles;
import net.statemesh.launcher.component.RoleFiles;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.PrivateFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.folder.ZoneRecord.NodeRecord;
import net.statemesh.launcher.network.NetworkPlan;
import net.statemesh.launcher.pki.ZonePki;
import net.statemesh.launcher.preflight.Ports;
import net.statemesh.launcher.role.MasterFile;

/** {@code RehearsalZone FOLDER}: the files of a zone with one node that needs no network of its own: all of it on loopback. */
public final class RehearsalZone {
    private static final int FIRST_PORT = 20_000;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String NODE = "node-1";
    private static final long NODE_BYTES = 1L << 30;

    private RehearsalZone() {}

    public static void main(String[] arguments) throws IOException {
        ZoneFolder folder = new ZoneFolder(Path.of(arguments[0]));
        Files.createDirectories(folder.run());
        int api = freePort(FIRST_PORT);
        int https = freePort(api + 1);
        int http = freePort(https + 1);
        ZoneRecord zone = new ZoneRecord(
                "rehearsal",
                "statemesh.localhost",
                https,
                http,
                api,
                NetworkPlan.FIRST_OCTET,
                LOOPBACK + ":" + freePort(http + 1),
                List.of(new NodeRecord(NODE, "", LOOPBACK, "10." + NetworkPlan.FIRST_OCTET + ".1.0/24")),
                List.of());
        JsonFile.write(folder.zoneJson(), zone);
        new ZonePki(folder, zone, Clock.systemUTC(), new SecureRandom()).ensure();
        new ComponentFiles(folder, zone, NODE_BYTES).write();
        JsonFile.write(
                RoleFiles.master(folder),
                new MasterFile(
                        folder.master().toString(),
                        List.of(LOOPBACK + ":" + api),
                        folder.pki().toString(),
                        new ZoneSettings(zone.name(), zone.domain(), https, http, zone.registry())));
        // the administrator may do what a node may, and its file leads to loopback
        PrivateFile.write(folder.node(NODE).resolve("kubeconfig"), Files.readAllBytes(folder.kubeconfig()));
        takeAnyKubeletPort(RoleFiles.agent(folder, NODE));
    }

    private static void takeAnyKubeletPort(Path agentFile) throws IOException {
        ObjectMapper json = new ObjectMapper();
        if (json.readTree(Files.readAllBytes(agentFile)) instanceof ObjectNode agent) {
            PrivateFile.write(agentFile, json.writeValueAsBytes(agent.put("port", 0)));
        }
    }

    private static int freePort(int from) {
        return Ports.firstFree(from).orElseThrow();
    }
}
