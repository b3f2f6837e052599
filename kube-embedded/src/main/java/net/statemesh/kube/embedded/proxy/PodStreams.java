// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.statemesh.kube.embedded.crud.ResourceService;
import net.statemesh.kube.embedded.http.Exchange;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectStore;

/** exec, attach and port-forward: the upgrade request goes to the kubelet as it is, then the two connections are one. */
public final class PodStreams implements ResourceService.Subresource {
    /** What the streaming server of containerd speaks over WebSocket. */
    private static final Set<String> WEBSOCKET = Set.of(
            "",
            "channel.k8s.io",
            "base64.channel.k8s.io",
            "v4.channel.k8s.io",
            "v4.base64.channel.k8s.io",
            "portforward.k8s.io");

    private static final Map<String, String> KUBELET_FLAGS =
            Map.of("stdin", "input", "stdout", "output", "stderr", "error", "tty", "tty");
    private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
    private static final String BEARER = "base64url.bearer.authorization.k8s.io.";
    private static final List<String> NOT_FORWARDED =
            List.of("host", "authorization", "content-length", "transfer-encoding", "cookie");

    private final ObjectStore store;
    private final KubeletConnector connector;

    public PodStreams(ObjectStore store, KubeletConnector connector) {
        this.store = store;
        this.connector = connector;
    }

    @Override
    public void serve(ResourceCall call) {
        if (call.http().http2() || call.http().header("Upgrade").isEmpty()) {
            throw ApiException.badRequest("Upgrade request required");
        }
        if (call.http().header("Upgrade").equalsIgnoreCase("websocket")
                && protocols(call).isEmpty()) {
            throw ApiException.of(
                    403,
                    "Forbidden",
                    "unable to upgrade: WebSocket protocol \"" + call.http().header(PROTOCOLS)
                            + "\" is not supported; accepted: v4.channel.k8s.io, or SPDY/3.1");
        }
        KubeletAddress kubelet = KubeletAddress.of(store, call);
        byte[] head = head(call, kubelet, target(call));
        Exchange exchange = call.exchange();
        Channel client = exchange.channel();
        connector.connect(
                kubelet,
                client.eventLoop(),
                KubeletConnector.outcome(
                        connected -> splice(exchange, connected, head),
                        why -> exchange.json(
                                502, ApiException.of(502, "BadGateway", why).status())));
    }

    private static void splice(Exchange exchange, Channel kubelet, byte[] head) {
        if (!exchange.channel().isActive()) {
            var _ = kubelet.close();
            return;
        }
        Channel client = exchange.takeOver();
        Relay.join(client, kubelet);
        var _ = kubelet.writeAndFlush(Unpooled.wrappedBuffer(head));
    }

    private String target(ResourceCall call) {
        String pod = call.path().namespace() + "/" + call.path().name();
        if (call.path().subresource().equals("portforward")) {
            QueryStringEncoder target = new QueryStringEncoder("/portForward/" + pod);
            call.http().query().getOrDefault("ports", List.of()).forEach(port -> target.addParam("port", port));
            return target.toString();
        }
        String container = KubeletAddress.container(store, call);
        QueryStringEncoder target =
                new QueryStringEncoder("/" + call.path().subresource() + "/" + pod + "/" + container);
        KUBELET_FLAGS.forEach((ours, theirs) -> {
            if (call.http().flag(ours)) {
                target.addParam(theirs, "1");
            }
        });
        List<String> command = call.http().query().getOrDefault("command", List.of());
        if (call.path().subresource().equals("exec") && command.isEmpty()) {
            throw ApiException.badRequest("you must specify at least 1 command for the container");
        }
        command.forEach(word -> target.addParam("command", word));
        return target.toString();
    }

    private static byte[] head(ResourceCall call, KubeletAddress kubelet, String target) {
        StringBuilder head = new StringBuilder(call.http().method().name())
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(kubelet.address().getHostString())
                .append(':')
                .append(kubelet.address().getPort())
                .append("\r\n");
        call.http().headers().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equalsIgnoreCase(PROTOCOLS)) {
                head.append(PROTOCOLS)
                        .append(": ")
                        .append(String.join(", ", protocols(call)))
                        .append("\r\n");
            } else if (!NOT_FORWARDED.contains(name) && !name.startsWith("impersonate-")) {
                head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append("\r\n");
            }
        });
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The WebSocket protocols a client offers that a kubelet may see and knows; its credentials stay here. */
    private static List<String> protocols(ResourceCall call) {
        return Arrays.stream(call.http().header(PROTOCOLS).split(",", -1))
                .map(String::strip)
                .filter(each -> !each.startsWith(BEARER))
                .filter(WEBSOCKET::contains)
                .toList();
    }
}
