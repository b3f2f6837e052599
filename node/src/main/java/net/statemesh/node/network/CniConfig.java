// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.statemesh.node.state.PrivateFiles;

/** The CNI network of this node: a bridge as gateway, addresses from the node's pod range, no address translation. */
public final class CniConfig {
    public static final String BRIDGE = "cni0";
    private static final String FILE = "10-statemesh.conflist";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CniConfig() {}

    /** Renders the network list, CNI specification 0.4.0. */
    static String render(String podCidr, Path addresses) {
        ObjectNode list = JSON.createObjectNode();
        list.put("cniVersion", "0.4.0").put("name", "statemesh");
        ObjectNode bridge = list.putArray("plugins").addObject();
        bridge.put("type", "bridge")
                .put("bridge", BRIDGE)
                .put("isGateway", true)
                .put("ipMasq", false)
                .put("hairpinMode", true);
        ObjectNode ipam = bridge.putObject("ipam");
        ipam.put("type", "host-local").put("dataDir", addresses.toString());
        ipam.putArray("ranges").addArray().addObject().put("subnet", podCidr);
        ipam.putArray("routes").addObject().put("dst", "0.0.0.0/0");
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the list where containerd watches for it; {@code addresses} keeps which address belongs to which pod. */
    public static void write(Path directory, String podCidr, Path addresses) {
        PrivateFiles.directory(directory);
        PrivateFiles.replace(directory.resolve(FILE), render(podCidr, addresses).getBytes(StandardCharsets.UTF_8));
    }
}
