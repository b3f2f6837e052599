// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.ContainerRuntime.ExecResult;

/** Asks a container whether it is well. */
public final class Prober {
    private static final int MAX_OUTPUT = 1_000;

    private final ContainerRuntime runtime;
    private final HttpAsk http;

    public Prober(ContainerRuntime runtime, HttpAsk http) {
        this.runtime = runtime;
        this.http = http;
    }

    /**
     * What a container answered.
     *
     * @param evidence what was seen, for the event that tells about a failure
     */
    public record Answer(boolean success, String evidence) {}

    /** Asks once, within the probe's timeout. */
    public Answer ask(Probe probe, Container container, String containerId, String podIp) {
        Integer seconds = probe.getTimeoutSeconds();
        Duration timeout = Duration.ofSeconds(seconds == null || seconds < 1 ? 1 : seconds);
        if (probe.getExec() != null) {
            return exec(containerId, probe.getExec().getCommand(), timeout);
        }
        if (probe.getHttpGet() != null) {
            return http(probe.getHttpGet(), container, podIp, timeout);
        }
        if (probe.getTcpSocket() != null) {
            String host = probe.getTcpSocket().getHost();
            int port = port(probe.getTcpSocket().getPort(), container);
            return tcp(host == null || host.isEmpty() ? podIp : host, port, timeout);
        }
        return new Answer(false, "the probe has no exec, httpGet or tcpSocket");
    }

    private Answer exec(String containerId, List<String> command, Duration timeout) {
        try {
            ExecResult result = runtime.exec(containerId, command, timeout);
            String output = result.output();
            return new Answer(
                    result.exitCode() == 0,
                    "exit code " + result.exitCode() + ": "
                            + output.substring(0, Math.min(output.length(), MAX_OUTPUT)));
        } catch (StateMeshException e) {
            return new Answer(false, e.sentence());
        }
    }

    private Answer http(HTTPGetAction get, Container container, String podIp, Duration timeout) {
        String host = get.getHost() == null || get.getHost().isEmpty() ? podIp : get.getHost();
        String scheme = "HTTPS".equals(get.getScheme()) ? "https" : "http";
        String path = get.getPath() == null || get.getPath().isEmpty() ? "/" : get.getPath();
        String url =
                scheme + "://" + host + ":" + port(get.getPort(), container) + (path.startsWith("/") ? "" : "/") + path;
        return http.get(url, get.getHttpHeaders(), timeout);
    }

    private static Answer tcp(String host, int port, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            return new Answer(true, "connected");
        } catch (IOException e) {
            return new Answer(false, "connect to " + host + ":" + port + ": " + e.getMessage());
        }
    }

    /** A number, or the name of one of the container's ports; 0 when there is none of this name. */
    static int port(IntOrString port, Container container) {
        if (port.getStrVal() == null) {
            return port.getIntVal();
        }
        String name = port.getStrVal();
        return container.getPorts().stream()
                .filter(p -> name.equals(p.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElseGet(() -> name.matches("\\d{1,5}") ? Integer.parseInt(name) : 0);
    }
}
