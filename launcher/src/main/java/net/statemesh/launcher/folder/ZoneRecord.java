// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.folder;

import java.io.IOException;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;

/**
 * What {@code up} decided for a zone; kept in zone.json and taken over by every later start.
 *
 * @param network second octet of 10.X.0.0/16
 * @param registry host:port as nodes and CLI reach it
 * @param operators who brings the nodes, in turn: nodes of one operator can fail together
 */
public record ZoneRecord(
        String name,
        String domain,
        int httpsPort,
        int httpPort,
        int apiPort,
        int network,
        String registry,
        List<NodeRecord> nodes,
        List<String> operators) {
    /** Who brings the nodes of a zone when nobody is named: whoever has the machine. */
    public static final String DEFAULT_OPERATOR = "local";

    public ZoneRecord {
        nodes = List.copyOf(nodes);
        operators = operators == null || operators.isEmpty() ? List.of(DEFAULT_OPERATOR) : List.copyOf(operators);
    }

    /** Of the zone in a folder; {@link LauncherErrors#NO_ZONE} when it holds none. */
    public static ZoneRecord in(ZoneFolder folder) throws IOException {
        return JsonFile.read(folder.zoneJson(), ZoneRecord.class)
                .orElseThrow(() -> new StateMeshException(
                        LauncherErrors.NO_ZONE,
                        "there is no zone in " + folder.root() + ".",
                        List.of(),
                        List.of("statemesh up", "name another zone: --data DIR")));
    }

    public String apiUrl() {
        return "https://127.0.0.1:" + apiPort;
    }

    public ZoneRecord withApiPort(int port) {
        return new ZoneRecord(name, domain, httpsPort, httpPort, port, network, registry, nodes, operators);
    }

    public String operatorOf(NodeRecord node) {
        return operators.get(nodes.indexOf(node) % operators.size());
    }

    public List<String> nodeNames() {
        return nodes.stream().map(NodeRecord::name).toList();
    }

    /**
     * One virtual node.
     *
     * @param namespace name of its network namespace
     * @param address address in the underlay
     * @param podRange addresses of its pods, CIDR
     */
    public record NodeRecord(String name, String namespace, String address, String podRange) {}
}
