// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of this node on disk, so that an agent that restarts while the API is away knows what to look after. */
public final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final PodPaths paths;
    private final ObjectMapper json = new ObjectMapper();

    public Checkpoints(PodPaths paths) {
        this.paths = paths;
    }

    /** Replaces the checkpoint of a pod. It goes with the folder of the pod. */
    public void save(Pod pod) {
        String uid = pod.getMetadata().getUid();
        PrivateFiles.directory(paths.pod(uid));
        try {
            PrivateFiles.replace(paths.checkpoint(uid), json.writeValueAsBytes(pod));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All pods; one whose checkpoint cannot be read is left out, its containers are found again when the API is back. */
    public List<Pod> load() {
        List<Pod> pods = new ArrayList<>();
        try (Stream<Path> folders = Files.list(PrivateFiles.directory(paths.pods()))) {
            for (Path folder : folders.toList()) {
                Path file = paths.checkpoint(folder.getFileName().toString());
                try {
                    if (Files.exists(file)) {
                        pods.add(json.readValue(file.toFile(), Pod.class));
                    }
                } catch (IOException e) {
                    LOG.warn("checkpoint={} not read: {}", file, String.valueOf(e.getMessage()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pods;
    }
}
