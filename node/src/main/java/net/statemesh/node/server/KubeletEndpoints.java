// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.pod.PodWorkers;
import net.statemesh.node.state.PodPaths;

/** What each path of the kubelet API answers. */
public final class KubeletEndpoints {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final PodWorkers pods;
    private final LogEndpoint logs;
    private final StreamEndpoint streams;
    private final Supplier<Object> summary;
    private final ObjectMapper json = new ObjectMapper();

    /** {@code summary} measures what the node and its pods use, for {@code /stats/summary}. */
    public KubeletEndpoints(PodWorkers pods, PodPaths paths, ContainerRuntime runtime, Supplier<Object> summary) {
        this.pods = pods;
        this.logs = new LogEndpoint(pods, paths);
        this.streams = new StreamEndpoint(pods, runtime);
        this.summary = summary;
    }

    void serve(RequestHead head, Answer answer) throws IOException, InterruptedException {
        String first = head.parts().isEmpty() ? "" : head.parts().getFirst();
        try {
            switch (first) {
                case "healthz" -> answer.send(200, TEXT, "ok");
                case "pods" -> answer.send(200, JSON, podList());
                case "stats" -> answer.send(200, JSON, json(summary.get()));
                case "containerLogs" -> logs.serve(head, answer);
                case "exec", "attach", "portForward" -> streams.serve(first, head, answer);
                default -> answer.send(404, TEXT, "no such path: " + head.path() + "\n");
            }
        } catch (NotFound e) {
            answer.send(404, TEXT, e.getMessage() + "\n");
        } catch (BadRequest e) {
            answer.send(400, TEXT, e.getMessage() + "\n");
        } catch (StateMeshException e) {
            answer.fail(e.sentence());
        }
    }

    private String podList() {
        List<Pod> all = List.copyOf(pods.all());
        return json(new PodListBuilder().withItems(all).build());
    }

    private String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pod and container of a path {@code /verb/NAMESPACE/POD[/UID]/CONTAINER}. */
    static Optional<Pod> pod(PodWorkers pods, RequestHead head) {
        List<String> parts = head.parts();
        return parts.size() < 3 ? Optional.empty() : pods.find(parts.get(1), parts.get(2));
    }

    /** Something in the path does not exist. */
    static final class NotFound extends IOException {
        private static final long serialVersionUID = 1;

        NotFound(String sentence) {
            super(sentence);
        }
    }

    /** A parameter makes no sense. */
    static final class BadRequest extends IOException {
        private static final long serialVersionUID = 1;

        BadRequest(String sentence) {
            super(sentence);
        }
    }
}
