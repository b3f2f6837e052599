// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.health.protocol.Assignment;
import net.statemesh.health.protocol.Correspondence;
import net.statemesh.health.protocol.Envelope;
import net.statemesh.health.protocol.Message;
import net.statemesh.health.protocol.Reached;
import net.statemesh.health.protocol.Sighting;
import net.statemesh.health.protocol.Timing;
import org.junit.jupiter.api.Test;

class MemberTest {
    private static final int SELF = 9;
    private static final List<Integer> WATCHERS = List.of(1, 2, 3, 4);

    private final Member member = new Member(SELF, 100, 0);
    private final Map<Integer, Correspondence> others = new HashMap<>();
    private final List<MemberOutput> outputs = new ArrayList<>();
    private long nowMillis;

    @Test
    void heartbeatsComeInTheirPeriodAndAreNotMadeUpFor() {
        run(1_000);
        assertThat(sent(Message.Heartbeat.class)).hasSize(6);
        outputs.clear();
        nowMillis += 5_000;
        outputs.addAll(member.tick(nowMillis));
        assertThat(sent(Message.Heartbeat.class)).hasSize(1);
    }

    @Test
    void everyWatcherHearsItOnceAPeriod() {
        assign(1);
        run(Timing.PEER_HEARTBEAT_MILLIS - 1);
        assertThat(receivers(Message.PeerHeartbeat.class)).containsExactlyElementsOf(WATCHERS);
    }

    @Test
    void twoOfFourWatchersAreEnoughToHoldTheLeaseAndOneIsNot() {
        assign(1);
        introduce();
        run(Timing.PEER_HEARTBEAT_MILLIS - 1);
        grant(1, 1);
        assertThat(member.holdsLease(nowMillis)).isFalse();
        grant(2, 2);
        assertThat(member.holdsLease(nowMillis)).isTrue();
        assertThat(outputs).contains(new MemberOutput.Lease(true));
    }

    @Test
    void theLeaseCountsFromWhenItWasAskedForAndItsEndIsSaid() {
        assign(1);
        introduce();
        run(Timing.PEER_HEARTBEAT_MILLIS - 1);
        grant(1, 1);
        grant(2, 2);
        run(Timing.LEASE_MILLIS - 1 - nowMillis);
        assertThat(member.holdsLease(nowMillis)).isTrue();
        run(1);
        assertThat(member.holdsLease(nowMillis)).isFalse();
        assertThat(outputs).endsWith(new MemberOutput.Lease(false));
    }

    @Test
    void theLeaseEndsWhileTheMachineSleeps() {
        assign(1);
        introduce();
        run(Timing.PEER_HEARTBEAT_MILLIS - 1);
        grant(1, 1);
        grant(2, 2);
        nowMillis += 60_000;
        assertThat(member.holdsLease(nowMillis)).isFalse();
        outputs.clear();
        outputs.addAll(member.tick(nowMillis));
        assertThat(outputs).contains(new MemberOutput.Lease(false));
    }

    @Test
    void aMasterGrantsToThoseWhoKeepToTheAssignmentOnly() {
        introduce();
        outputs.addAll(member.tick(nowMillis));
        receive(Envelope.MASTER, new Message.Grant(1, 5));
        assertThat(member.holdsLease(nowMillis)).isFalse();
        assign(5);
        receive(Envelope.MASTER, new Message.Grant(1, 5));
        assertThat(member.holdsLease(nowMillis)).isTrue();
        receive(1, new Message.Grant(1, 0));
        run(Timing.LEASE_MILLIS + 1);
        assertThat(member.holdsLease(nowMillis)).isFalse();
    }

    @Test
    void aNodeWithoutALeaseGrantsNone() {
        assign(1);
        introduce();
        receive(7, new Message.PeerHeartbeat(1, 1));
        assertThat(sent(Message.PeerGrant.class)).isEmpty();
        outputs.addAll(member.tick(nowMillis));
        receive(Envelope.MASTER, new Message.Grant(1, 0));
        receive(7, new Message.PeerHeartbeat(2, 1));
        assertThat(sent(Message.PeerGrant.class)).containsExactly(new Message.PeerGrant(2));
    }

    @Test
    void whatWasFencedOrIsNotWatchedIsGrantedNothing() {
        outputs.addAll(member.assign(new Assignment(3, List.of(), List.of(new Assignment.Watched(7, 2))), nowMillis));
        introduce();
        receive(7, new Message.PeerHeartbeat(1, 1));
        receive(8, new Message.PeerHeartbeat(1, 3));
        assertThat(sent(Message.PeerGrant.class)).isEmpty();
        receive(7, new Message.PeerHeartbeat(2, 2));
        assertThat(receivers(Message.PeerGrant.class)).containsExactly(7);
    }

    @Test
    void theMasterHearsWhoWasHeard() {
        assign(1);
        introduce();
        run(150);
        receive(7, new Message.PeerHeartbeat(1, 1));
        outputs.clear();
        run(Timing.HEARTBEAT_MILLIS);
        assertThat(sent(Message.Heartbeat.class).getLast())
                .isInstanceOfSatisfying(
                        Message.Heartbeat.class,
                        heartbeat -> assertThat(heartbeat.sightings()).containsExactly(new Sighting(7, 50)));
    }

    @Test
    void aProbeTriesSeveralTimesAndSaysWhatItReached() {
        introduce();
        receive(Envelope.MASTER, new Message.ProbeRequest(5, 7));
        assertThat(outputs).contains(new MemberOutput.Knock(5, 7));
        run(Timing.PING_PATIENCE_MILLIS + 1);
        assertThat(receivers(Message.Ping.class)).containsExactly(7, 7, 7);
        assertThat(sent(Message.ProbeReport.class)).containsExactly(new Message.ProbeReport(5, 7, Reached.NOTHING));
        receive(Envelope.MASTER, new Message.ProbeRequest(5, 7));
        assertThat(sent(Message.ProbeReport.class)).hasSize(2);
    }

    @Test
    void anAnswerEndsTheProbeAndAMachineWithoutAgentIsToldApart() {
        introduce();
        receive(Envelope.MASTER, new Message.ProbeRequest(5, 7));
        receive(7, new Message.PingAnswer(5));
        receive(Envelope.MASTER, new Message.ProbeRequest(6, 8));
        member.machineAnswered(6, 8);
        run(Timing.PING_PATIENCE_MILLIS + 1);
        assertThat(sent(Message.ProbeReport.class))
                .containsExactly(
                        new Message.ProbeReport(5, 7, Reached.AGENT), new Message.ProbeReport(6, 8, Reached.MACHINE));
    }

    @Test
    void onlyTheMasterIsObeyed() {
        introduce();
        receive(7, new Message.ProbeRequest(5, 8));
        assertThat(sent(Message.Ping.class)).isEmpty();
    }

    @Test
    void aNodeThatForgotItsIncarnationTakesAHigherOneAndWritesItDown() {
        receive(Envelope.MASTER, new Message.Hello(500));
        assertThat(outputs).contains(new MemberOutput.Incarnation(501));
        outputs.clear();
        outputs.addAll(member.tick(nowMillis));
        assertThat(outputs)
                .filteredOn(MemberOutput.Send.class::isInstance)
                .allSatisfy(
                        send -> assertThat(((MemberOutput.Send) send).envelope().incarnation())
                                .isEqualTo(501));
    }

    private void assign(long version) {
        outputs.addAll(
                member.assign(new Assignment(version, WATCHERS, List.of(new Assignment.Watched(7, 0))), nowMillis));
    }

    /** The others know the member's incarnation, as after a first exchange. */
    private void introduce() {
        for (int other : List.of(Envelope.MASTER, 1, 2, 3, 4, 7, 8)) {
            Correspondence correspondence = new Correspondence(other, 1);
            correspondence.admit(new Envelope(SELF, other, 100, 1, 0, new Message.Hello(0)));
            others.put(other, correspondence);
        }
    }

    private void grant(int watcher, long number) {
        receive(watcher, new Message.PeerGrant(number));
    }

    private void receive(int from, Message message) {
        Correspondence other = others.computeIfAbsent(from, f -> new Correspondence(f, 1));
        outputs.addAll(member.receive(other.to(SELF, message), nowMillis));
    }

    private void run(long millis) {
        long end = nowMillis + millis;
        while (member.nextTickMillis() <= end) {
            nowMillis = Math.max(nowMillis, member.nextTickMillis());
            outputs.addAll(member.tick(nowMillis));
        }
        nowMillis = end;
    }

    private List<Message> sent(Class<? extends Message> kind) {
        return envelopes(kind).map(Envelope::message).toList();
    }

    private List<Integer> receivers(Class<? extends Message> kind) {
        return envelopes(kind).map(Envelope::to).toList();
    }

    private java.util.stream.Stream<Envelope> envelopes(Class<? extends Message> kind) {
        return outputs.stream()
                .filter(MemberOutput.Send.class::isInstance)
                .map(output -> ((MemberOutput.Send) output).envelope())
                .filter(envelope -> kind.isInstance(envelope.message()));
    }
}
