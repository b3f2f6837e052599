// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.CriChannel;
import net.statemesh.node.cri.CriRuntime;
import net.statemesh.node.cri.RuntimeEvents;
import net.statemesh.node.event.EventQueue;
import net.statemesh.node.image.ImagePull;
import net.statemesh.node.kube.KubernetesApi;
import net.statemesh.node.kube.NodeApi;
import net.statemesh.node.network.CniConfig;
import net.statemesh.node.network.RouteTable;
import net.statemesh.node.pod.NodeServices;
import net.statemesh.node.pod.PodWorkers;
import net.statemesh.node.probe.HttpAsk;
import net.statemesh.node.probe.Prober;
import net.statemesh.node.registration.NodeFacts;
import net.statemesh.node.registration.NodeHealth;
import net.statemesh.node.registration.NodeLease;
import net.statemesh.node.registration.NodeRegistration;
import net.statemesh.node.state.Checkpoints;
import net.statemesh.node.state.PodPaths;
import net.statemesh.node.state.PrivateFiles;
import net.statemesh.node.usage.CgroupLayout;
import net.statemesh.node.usage.PodCgroups;
import net.statemesh.node.volume.Volumes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one node: looks after the pods bound to it, tells the API about the node, and serves the kubelet API. Closing it
 * stops the agent and leaves all pods running.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Duration RUNTIME_RETRY = Duration.ofMillis(250);

    private final Closing closing = new Closing();

    private Agent() {}

    /**
     * Starts the agent; answers when containerd answers. The API may come later: until then, the pods of the agent before this one
     * are looked after.
     */
    public static Agent start(AgentConfig config) {
        return start(config, KubernetesApi.open(config.nodeName(), config.kubeconfig()), Clock.systemUTC());
    }

    static Agent start(AgentConfig config, NodeApi api, Clock clock) {
        Agent agent = new Agent();
        try {
            agent.open(config, api, clock);
            return agent;
        } catch (RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private void open(AgentConfig config, NodeApi api, Clock clock) {
        LOG.info("node={} agent starts, state={}", config.nodeName(), config.stateDirectory());
        closing.add(api);
        PodPaths paths = new PodPaths(PrivateFiles.directory(config.stateDirectory()));
        CniConfig.write(
                config.cniConfDirectory(),
                config.podCidr(),
                config.stateDirectory().resolve("addresses"));

        CriChannel channel = closing.add(CriChannel.open(config.containerdSocket()));
        ContainerRuntime runtime = new CriRuntime(channel);
        ContainerRuntime.RuntimeVersion version = awaitRuntime(runtime, channel, config);

        Map<String, Quantity> capacity = Map.of("cpu", new Quantity("2"), "memory", new Quantity("4Gi"));
        EventQueue events = closing.add(new EventQueue(api, config.nodeName(), clock));
        HttpAsk http = closing.add(new HttpAsk());
        PodCgroups cgroups = new PodCgroups(CgroupLayout.detect(CGROUPS), config.cgroupParent());
        NodeServices services = new NodeServices(
                api,
                runtime,
                paths,
                cgroups,
                new Volumes(paths),
                new ImagePull(runtime),
                new Prober(runtime, http),
                http,
                events,
                clock,
                config.address(),
                capacity);
        PodWorkers pods = new PodWorkers(services, new Checkpoints(paths));
        closing.add(pods::abandon);
        pods.resume();
        closing.add(new RuntimeWatch(runtime, new RuntimeEvents(channel), pods::seen));

        NodeFacts facts = new NodeFacts(
                config.nodeName(),
                config.address(),
                config.port(),
                config.podCidr(),
                config.labels(),
                Map.of(),
                capacity,
                version.name() + "://" + version.version(),
                System.getProperty("os.version"),
                "",
                "",
                "",
                "amd64");
        closing.add(new NodeRegistration(api, facts, () -> health(runtime), clock));
        closing.add(new NodeLease(api, config.nodeName(), clock));
        api.followPods(pods);
        api.followNodes(new RouteTable(config.nodeName()));
    }

    private static NodeHealth health(ContainerRuntime runtime) {
        try {
            return new NodeHealth(runtime.notReady(), false, false);
        } catch (StateMeshException e) {
            return new NodeHealth(Optional.of(e.sentence()), false, false);
        }
    }

    private static ContainerRuntime.RuntimeVersion awaitRuntime(
            ContainerRuntime runtime, CriChannel channel, AgentConfig config) {
        boolean told = false;
        while (true) {
            try {
                return runtime.version();
            } catch (StateMeshException e) {
                if (!told) {
                    LOG.info(
                            "node={} waiting for containerd at {}: {}",
                            config.nodeName(),
                            config.containerdSocket(),
                            e.sentence());
                    told = true;
                }
                channel.connectNow();
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RUNTIME_RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StateMeshException(
                    NodeErrors.RUNTIME,
                    "interrupted while waiting for containerd.",
                    java.util.List.of(),
                    java.util.List.of(),
                    e);
        }
    }

    /** Stops the agent within seconds; pods go on. */
    @Override
    public void close() {
        closing.close();
    }
}
