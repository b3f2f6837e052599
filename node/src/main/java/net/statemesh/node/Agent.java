// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import io.fabric8.kubernetes.api.model.Quantity;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.CriChannel;
import net.statemesh.node.cri.CriRuntime;
import net.statemesh.node.cri.RuntimeEvents;
import net.statemesh.node.event.EventQueue;
import net.statemesh.node.health.MemberLoop;
import net.statemesh.node.housekeeping.Housekeeping;
import net.statemesh.node.image.ImagePull;
import net.statemesh.node.kube.KubernetesApi;
import net.statemesh.node.kube.NodeApi;
import net.statemesh.node.network.CniConfig;
import net.statemesh.node.network.RouteTable;
import net.statemesh.node.pod.NodeServices;
import net.statemesh.node.pod.PodWorkers;
import net.statemesh.node.preflight.Capabilities;
import net.statemesh.node.preflight.Preflight;
import net.statemesh.node.probe.HttpAsk;
import net.statemesh.node.probe.Prober;
import net.statemesh.node.registration.MachineIds;
import net.statemesh.node.registration.NodeDescription;
import net.statemesh.node.registration.NodeFacts;
import net.statemesh.node.registration.NodeLease;
import net.statemesh.node.registration.NodeProbe;
import net.statemesh.node.registration.NodeRegistration;
import net.statemesh.node.server.KubeletEndpoints;
import net.statemesh.node.server.KubeletServer;
import net.statemesh.node.state.Checkpoints;
import net.statemesh.node.state.PodPaths;
import net.statemesh.node.state.PrivateFiles;
import net.statemesh.node.usage.CgroupLayout;
import net.statemesh.node.usage.PodCgroups;
import net.statemesh.node.usage.UsageMeter;
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
    private int port;

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

        Capabilities found = Preflight.detect(config.stateDirectory(), config.cpuMillis(), config.memoryBytes());
        Map<String, Quantity> capacity = NodeDescription.capacity(config, found);
        EventQueue events = closing.add(new EventQueue(api, config.nodeName(), clock));
        HttpAsk http = closing.add(new HttpAsk());
        CgroupLayout layout = CgroupLayout.detect(CGROUPS);
        PodCgroups cgroups = new PodCgroups(layout, config.cgroupParent());
        NodeServices services = new NodeServices(
                api,
                runtime,
                paths,
                cgroups,
                new Volumes(paths),
                new ImagePull(runtime),
                new Prober(runtime, http),
                events,
                clock,
                config.address(),
                capacity);
        PodWorkers pods = new PodWorkers(services, new Checkpoints(paths));
        closing.add(pods::abandon);
        pods.resume();
        closing.add(new RuntimeWatch(runtime, new RuntimeEvents(channel), pods::seen));
        closing.add(new Housekeeping(pods, paths, services.volumes(), runtime, clock));

        UsageMeter meter = new UsageMeter(layout, cgroups, config.nodeName(), clock);
        KubeletServer server = closing.add(KubeletServer.open(
                new KubeletServer.Binding(
                        config.address(), config.port(), config.certificate(), config.key(), config.clientCa()),
                new KubeletEndpoints(pods, paths, runtime, () -> meter.summary(pods.all(), pods::view))));
        port = server.port();

        NodeFacts facts = facts(config, found, capacity, version);
        closing.add(new NodeRegistration(api, facts, new NodeProbe(runtime, config.stateDirectory()), clock));
        closing.add(new NodeLease(api, config.nodeName(), clock));
        MemberLoop health = closing.add(new MemberLoop(
                config.nodeName(),
                new InetSocketAddress(config.address(), port),
                config.stateDirectory(),
                clock.millis()));
        api.followHealth(health::follow);
        api.followPods(pods);
        api.followNodes(new RouteTable(config.nodeName(), config.podCidr(), config.address()));
    }

    private NodeFacts facts(
            AgentConfig config,
            Capabilities found,
            Map<String, Quantity> capacity,
            ContainerRuntime.RuntimeVersion version) {
        return new NodeFacts(
                config.nodeName(),
                config.address(),
                port,
                config.podCidr(),
                NodeDescription.labels(config, found),
                NodeDescription.annotations(found),
                capacity,
                version.name() + "://" + version.version(),
                found.kernel(),
                found.osName(),
                MachineIds.machine(),
                MachineIds.boot());
    }

    /** Port of the kubelet API, also when the configuration left the choice to the system. */
    public int port() {
        return port;
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
                    NodeErrors.RUNTIME, "interrupted while waiting for containerd.", List.of(), List.of(), e);
        }
    }

    /** Stops the agent within seconds; pods go on. */
    @Override
    public void close() {
        closing.close();
    }
}
