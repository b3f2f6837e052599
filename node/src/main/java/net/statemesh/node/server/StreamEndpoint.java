// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.ContainerRuntime.Streams;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.PodView;
import net.statemesh.node.pod.PodWorkers;
import net.statemesh.node.server.KubeletEndpoints.BadRequest;
import net.statemesh.node.server.KubeletEndpoints.NotFound;
import net.statemesh.node.streaming.Sessions;

/** {@code /exec}, {@code /attach} and {@code /portForward}: the runtime's streaming server does the talking, we join the ends. */
final class StreamEndpoint {
    private static final int MAX_PORT = 65_535;

    private final PodWorkers pods;
    private final ContainerRuntime runtime;
    private final Sessions sessions = new Sessions();

    StreamEndpoint(PodWorkers pods, ContainerRuntime runtime) {
        this.pods = pods;
        this.runtime = runtime;
    }

    void serve(String verb, RequestHead head, Answer answer) throws IOException, InterruptedException {
        Pod pod = KubeletEndpoints.pod(pods, head)
                .orElseThrow(() -> new NotFound("no such pod on this node: " + head.path()));
        if (head.header("Upgrade").isEmpty()) {
            throw new BadRequest(verb + " wants an upgraded connection: Upgrade: SPDY/3.1 or websocket");
        }
        PodView view = pods.view(pod.getMetadata().getUid());
        String url = switch (verb) {
            case "exec" -> runtime.execUrl(container(view, head), command(head), streams(head));
            case "attach" -> runtime.attachUrl(container(view, head), streams(head));
            default -> runtime.portForwardUrl(sandbox(view, head), ports(head));
        };
        if (!sessions.join(answer.context(), head.method(), url, head.headers())) {
            answer.send(429, "text/plain", "too many interactive sessions on this node; try again later\n");
        }
    }

    private static String container(PodView view, RequestHead head) throws IOException {
        if (head.parts().size() < 4) {
            throw new NotFound("expected /VERB/NAMESPACE/POD/CONTAINER");
        }
        String name = head.parts().getLast();
        return view.newest(name)
                .filter(ContainerView::running)
                .map(ContainerView::id)
                .orElseThrow(() -> new NotFound("container " + name + " is not running"));
    }

    private static String sandbox(PodView view, RequestHead head) throws IOException {
        return view.sandbox()
                .map(s -> s.id())
                .orElseThrow(() -> new NotFound("pod " + head.parts().get(2) + " is not running"));
    }

    private static List<String> command(RequestHead head) throws BadRequest {
        List<String> command = head.query().getOrDefault("command", List.of());
        if (command.isEmpty()) {
            throw new BadRequest("exec wants a command: ?command=ls&command=-l");
        }
        return command;
    }

    private static Streams streams(RequestHead head) throws BadRequest {
        boolean tty = head.flag("tty");
        boolean stdin = head.flag("stdin", "input");
        boolean stdout = head.flag("stdout", "output");
        boolean stderr = head.flag("stderr", "error") && !tty;
        if (!stdin && !stdout && !stderr) {
            throw new BadRequest("you must specify at least 1 of stdin, stdout, stderr");
        }
        return new Streams(stdin, stdout, stderr, tty);
    }

    /** Ports may also come later, within the forwarding protocol. */
    private static List<Integer> ports(RequestHead head) throws BadRequest {
        List<String> texts = Stream.of("port", "ports")
                .flatMap(name -> head.query().getOrDefault(name, List.of()).stream())
                .flatMap(text -> Stream.of(text.split(",")))
                .toList();
        for (String text : texts) {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT || Integer.parseInt(text) == 0) {
                throw new BadRequest("port is '" + text + "'; accepted: 1 to 65535");
            }
        }
        return texts.stream().map(Integer::valueOf).toList();
    }
}
