// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import net.statemesh.health.member.Member;
import net.statemesh.health.member.MemberOutput;
import net.statemesh.health.protocol.Assignment;
import net.statemesh.health.protocol.Envelope;
import org.jspecify.annotations.Nullable;

/** A node: a machine with a clock, an agent on it, and the resources that the agent believes it is to use. */
final class Machine {
    /** What waits in the socket of an agent that does not run. */
    private static final int MAX_QUEUED = 256;

    final int node;
    private final LocalClock clock;
    private final Timeline timeline;
    private final Network network;
    private final ObjIntConsumer<MemberOutput> others;
    private final Set<Integer> view = new TreeSet<>();
    private final Deque<Envelope> queued = new ArrayDeque<>();
    private @Nullable Member member;
    private boolean powered = true;
    private boolean halted;
    private long incarnation;
    private long wakeMillis;
    private int life;

    /** @param others takes what is neither sent nor written down, and the node */
    Machine(int node, LocalClock clock, Timeline timeline, Network network, ObjIntConsumer<MemberOutput> others) {
        this.node = node;
        this.clock = clock;
        this.timeline = timeline;
        this.network = network;
        this.others = others;
    }

    boolean powered() {
        return powered;
    }

    /** Whether the machine's own network stack answers. */
    boolean answers() {
        return powered && !asleep;
    }

    boolean agentRuns() {
        return member != null && !halted;
    }

    /** Counts the starts of the agent. */
    int life() {
        return life;
    }

    void powerOff() {
        stopAgent();
        powered = false;
        asleep = false;
    }

    void powerOn() {
        powered = true;
    }

    void stopAgent() {
        member = null;
        halted = false;
        view.clear();
        queued.clear();
        life++;
    }

    /** @param newIncarnation normally above the last one; below it when the machine forgot and its clock went back */
    void startAgent(long newIncarnation) {
        stopAgent();
        incarnation = newIncarnation;
        member = new Member(node, incarnation, localMillis());
        wakeMillis = Long.MAX_VALUE;
        schedule();
    }

    long lastIncarnation() {
        return incarnation;
    }

    /** The agent does not run, and does not know; with {@code sleep} the whole machine does not. */
    void halt(boolean sleep) {
        halted = true;
        asleep = sleep;
    }

    private boolean asleep;

    void goOn() {
        asleep = false;
        if (!halted) {
            return;
        }
        halted = false;
        wakeMillis = Long.MAX_VALUE;
        while (member != null && !queued.isEmpty()) {
            deliver(queued.poll());
        }
        tick();
    }

    void deliver(Envelope envelope) {
        Member running = member;
        if (running == null || asleep) {
            return;
        }
        if (halted) {
            if (queued.size() < MAX_QUEUED) {
                queued.add(envelope);
            }
            return;
        }
        handle(running.receive(envelope, localMillis()));
    }

    void assign(Assignment assignment) {
        if (member != null) {
            handle(member.assign(assignment, localMillis()));
        }
    }

    void machineAnswered(long round, int target) {
        if (member != null) {
            member.machineAnswered(round, target);
        }
    }

    /** What the API says that this node is to use, or no longer. */
    void see(int resource, boolean mine) {
        if (mine) {
            view.add(resource);
        } else {
            view.remove(resource);
        }
    }

    Set<Integer> view() {
        return view;
    }

    /** Whether a use of this resource would go through at this moment. */
    boolean uses(int resource, boolean fencing) {
        return member != null && view.contains(resource) && (!fencing || member.holdsLease(localMillis()));
    }

    private void tick() {
        if (member != null && !halted) {
            handle(member.tick(localMillis()));
        }
    }

    private void handle(List<MemberOutput> outputs) {
        for (MemberOutput output : outputs) {
            switch (output) {
                case MemberOutput.Send send -> network.send(send.envelope());
                case MemberOutput.Incarnation raised -> incarnation = raised.incarnation();
                case MemberOutput.Knock knock -> others.accept(knock, node);
                case MemberOutput.Lease lease -> others.accept(lease, node);
            }
        }
        schedule();
    }

    /** Plans the next tick unless one is planned that comes as soon. */
    private void schedule() {
        if (member == null || halted) {
            return;
        }
        long nowMillis = timeline.nowMillis();
        long atMillis = nowMillis + clock.trueMillisUntil(member.nextTickMillis(), nowMillis);
        if (atMillis < wakeMillis || wakeMillis <= nowMillis) {
            wakeMillis = atMillis;
            int planned = life;
            timeline.in(atMillis - nowMillis, () -> {
                if (planned == life && wakeMillis == atMillis) {
                    wakeMillis = Long.MAX_VALUE;
                    tick();
                }
            });
        }
    }

    private long localMillis() {
        return clock.millis(timeline.nowMillis());
    }
}
