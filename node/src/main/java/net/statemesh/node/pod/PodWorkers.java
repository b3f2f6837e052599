// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.statemesh.node.cri.PodGlance;
import net.statemesh.node.cri.PodView;
import net.statemesh.node.kube.NodeApi;
import net.statemesh.node.state.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All pods of the node, one worker each. Pods come from the API, and after a restart from their checkpoints; a pod is only given up
 * when the API has confirmed that it is gone.
 */
public final class PodWorkers implements NodeApi.PodListener {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorkers.class);

    private final NodeServices node;
    private final Checkpoints checkpoints;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final Map<String, String> fingerprints = new ConcurrentHashMap<>();
    /** What the API has bound to this node, whether a worker looks after it or not. */
    private final Map<String, Pod> bound = new ConcurrentHashMap<>();

    private volatile boolean listed;
    private volatile Map<String, PodGlance> lastGlances = Map.of();

    public PodWorkers(NodeServices node, Checkpoints checkpoints) {
        this.node = node;
        this.checkpoints = checkpoints;
    }

    /** Takes up the pods of the agent before this one, without waiting for the API. */
    public void resume() {
        List<Pod> known = checkpoints.load();
        known.forEach(pod -> worker(pod));
        if (!known.isEmpty()) {
            LOG.info("pods={} resumed from checkpoints", known.size());
        }
    }

    @Override
    public void changed(Pod pod) {
        bound.put(pod.getMetadata().getUid(), pod);
        worker(pod).changed(pod);
        checkpoints.save(pod);
    }

    @Override
    public void gone(Pod pod) {
        bound.remove(pod.getMetadata().getUid());
        Optional.ofNullable(workers.get(pod.getMetadata().getUid())).ifPresent(PodWorker::gone);
    }

    @Override
    public void listed(List<Pod> all) {
        Set<String> real = all.stream().map(p -> p.getMetadata().getUid()).collect(Collectors.toSet());
        all.forEach(pod -> bound.put(pod.getMetadata().getUid(), pod));
        bound.keySet().retainAll(real);
        workers.forEach((uid, worker) -> {
            if (!real.contains(uid)) {
                LOG.info(
                        "pod={} is not in the API any more",
                        worker.pod().getMetadata().getName());
                worker.gone();
            }
        });
        listed = true;
        removeStrangers(lastGlances);
    }

    /** The runtime listed its pods: tells those that changed. */
    public void seen(Map<String, PodGlance> glances) {
        lastGlances = glances;
        workers.forEach((uid, worker) -> {
            PodGlance glance = glances.get(uid);
            String fingerprint = glance == null ? "" : glance.fingerprint();
            if (!fingerprint.equals(fingerprints.put(uid, fingerprint))) {
                worker.runtimeChanged();
            }
        });
        removeStrangers(glances);
    }

    /** Pods that the runtime runs and neither the API nor a checkpoint knows. */
    private void removeStrangers(Map<String, PodGlance> glances) {
        if (!listed) {
            return;
        }
        glances.values().stream()
                .filter(glance -> !workers.containsKey(glance.podUid()))
                .filter(glance -> !bound.containsKey(glance.podUid()))
                .forEach(glance -> {
                    LOG.info("pod={}/{} runs here and nobody knows it: removing", glance.namespace(), glance.name());
                    worker(Strangers.pod(glance, node.runtime().observe(glance.podUid())))
                            .gone();
                });
    }

    /** The pod of this name that is bound to this node. */
    public Optional<Pod> find(String namespace, String name) {
        return workers.values().stream()
                .map(PodWorker::pod)
                .filter(p -> p.getMetadata().getNamespace().equals(namespace)
                        && p.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** What the runtime showed last about a pod. */
    public PodView view(String podUid) {
        return Optional.ofNullable(workers.get(podUid)).map(PodWorker::view).orElse(PodView.NOTHING);
    }

    public Collection<Pod> all() {
        return workers.values().stream().map(PodWorker::pod).toList();
    }

    /** Whether the API has confirmed which pods belong to this node. */
    public boolean isListed() {
        return listed;
    }

    /** Ends all workers; pods stay as they are. */
    public void abandon() {
        workers.values().forEach(PodWorker::abandon);
    }

    private PodWorker worker(Pod pod) {
        return workers.computeIfAbsent(pod.getMetadata().getUid(), uid -> {
            PodWorker worker = new PodWorker(pod, node, this::ended);
            worker.start();
            return worker;
        });
    }

    private void ended(String uid) {
        workers.remove(uid);
        fingerprints.remove(uid);
    }
}
