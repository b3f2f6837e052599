// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.pki;

import java.util.ArrayList;
import java.util.List;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.folder.ZoneRecord.NodeRecord;
import net.statemesh.launcher.network.NetworkPlan;

/**
 * One identity of the zone CA, as the table in ARCHITECTURE.md says.
 *
 * @param name of its files in pki/
 * @param addresses IP addresses that its server certificate is valid for
 */
record ZoneIdentity(String name, Subject subject, Usage usage, List<String> dnsNames, List<String> addresses) {
    static final String ADMIN = "admin";
    private static final String LOOPBACK = "127.0.0.1";

    static List<ZoneIdentity> all(ZoneRecord zone) {
        String root = new NetworkPlan(zone.network(), zone.nodes().size()).rootAddress();
        List<ZoneIdentity> all = new ArrayList<>(List.of(
                client(ADMIN, new Subject("admin", "system:masters")),
                client("master", new Subject("statemesh:master", "statemesh:masters")),
                client("ingress", new Subject("statemesh:ingress", "statemesh:ingress")),
                new ZoneIdentity(
                        "api-server",
                        new Subject("statemesh:api-server"),
                        Usage.CLIENT_AND_SERVER,
                        List.of("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"),
                        List.of(LOOPBACK, root)),
                new ZoneIdentity(
                        "registry", new Subject("statemesh:registry"), Usage.SERVER, List.of(), List.of(root))));
        for (NodeRecord node : zone.nodes()) {
            all.add(new ZoneIdentity(
                    node.name(),
                    new Subject("system:node:" + node.name(), "system:nodes"),
                    Usage.CLIENT_AND_SERVER,
                    List.of(node.name()),
                    List.of(node.address())));
        }
        return all;
    }

    private static ZoneIdentity client(String name, Subject subject) {
        return new ZoneIdentity(name, subject, Usage.CLIENT, List.of(), List.of());
    }
}
