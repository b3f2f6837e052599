// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Duration;
import java.time.Instant;
import net.statemesh.node.probe.Prober;

/** postStart and preStop hooks. */
final class Hooks {
    /** What a process gets to end by itself even if its preStop hook used up all of the grace. */
    private static final Duration LEAST_GRACE = Duration.ofSeconds(2);

    private final NodeServices node;

    Hooks(NodeServices node) {
        this.node = node;
    }

    /** Runs the preStop hook and answers what it left of the grace. */
    Duration preStop(Container container, String containerId, PodActions.Target target, Duration grace) {
        Instant begin = node.clock().instant();
        Prober.Answer answer =
                run(container.getLifecycle().getPreStop(), container, containerId, target.podIp(), grace);
        if (!answer.success()) {
            node.events().warning(target.pod(), "FailedPreStopHook", answer.evidence());
        }
        Duration left = grace.minus(Duration.between(begin, node.clock().instant()));
        return left.compareTo(LEAST_GRACE) > 0 ? left : LEAST_GRACE;
    }

    /** Runs a hook to its end, at most as long as {@code limit}. */
    Prober.Answer run(LifecycleHandler hook, Container container, String containerId, String podIp, Duration limit) {
        if (hook.getSleep() != null) {
            return sleep(Duration.ofSeconds(hook.getSleep().getSeconds()), limit);
        }
        Probe once = new ProbeBuilder()
                .withExec(hook.getExec())
                .withHttpGet(hook.getHttpGet())
                .withTcpSocket(hook.getTcpSocket())
                .withTimeoutSeconds(Math.toIntExact(Math.max(1, limit.toSeconds())))
                .build();
        return node.prober().ask(once, container, containerId, podIp);
    }

    private static Prober.Answer sleep(Duration wanted, Duration limit) {
        try {
            Thread.sleep(wanted.compareTo(limit) < 0 ? wanted : limit);
            return new Prober.Answer(true, "slept");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Prober.Answer(false, "interrupted");
        }
    }
}
