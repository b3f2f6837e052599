// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.network;

import io.fabric8.kubernetes.api.model.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.kube.NodeApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the routes of this network namespace in step with the nodes of the zone. A node that goes away loses its route; while the
 * API is away all routes stay.
 */
public final class RouteTable implements NodeApi.NodesListener {
    private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);

    private final Routes.Place self;
    private final String nodeName;
    private final IpCommand ip;
    private final Map<String, String> present = new HashMap<>();

    /**
     * The routes of one node.
     *
     * @param podCidr range of its own pods
     * @param address its own address
     */
    public RouteTable(String nodeName, String podCidr, String address) {
        this(Routes.Place.of(nodeName, podCidr, address), new IpCommand());
    }

    RouteTable(Routes.Place self, IpCommand ip) {
        this.self = self;
        this.nodeName = self.node();
        this.ip = ip;
    }

    @Override
    public synchronized void nodes(List<Node> all) {
        Map<String, String> wanted = Routes.to(all, self);
        wanted.forEach((range, via) -> {
            if (!via.equals(present.get(range)) && run("replace", range, "via", via)) {
                present.put(range, via);
                LOG.info("node={} route={} via={}", nodeName, range, via);
            }
        });
        List.copyOf(present.keySet()).stream()
                .filter(range -> !wanted.containsKey(range))
                .filter(range -> run("del", range))
                .forEach(present::remove);
    }

    private boolean run(String verb, String... arguments) {
        try {
            ip.route(verb, arguments);
            return true;
        } catch (StateMeshException e) {
            LOG.warn("node={} {}", nodeName, e.sentence());
            return false;
        }
    }
}
