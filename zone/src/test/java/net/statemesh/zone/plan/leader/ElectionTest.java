// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.statemesh.zone.plan.leader.Election.Step;
import org.junit.jupiter.api.Test;

class ElectionTest {
    private static final LeaseTimes TIMES = LeaseTimes.DEFAULT;
    private static final long MILLI = 1_000_000;
    /** Monotonic clocks start anywhere, also just before they overflow. */
    private static final long START = Long.MAX_VALUE - 1000 * MILLI;

    private final Election election = new Election("a", TIMES, START);

    @Test
    void takesAFreeLeaseAtOnceAndRenewsIt() {
        assertThat(election.next(at(0))).isEqualTo(new Step.Read());
        election.saw(heldBy("", "1"), at(5));
        assertThat(election.next(at(5))).isEqualTo(new Step.Write(new LeaseRecord("a", TIMES.lease(), 4, "1")));
        election.wrote(heldBy("a", "2"), at(5), at(9));
        assertThat(election.term()).isEqualTo(1);
        assertThat(election.actUntilNanos()).isEqualTo(at(1405));
        assertThat(election.next(at(9))).isEqualTo(new Step.Rest(396 * MILLI));
        assertThat(election.next(at(405))).isEqualTo(new Step.Write(new LeaseRecord("a", TIMES.lease(), 3, "2")));
    }

    @Test
    void waitsForAnotherHolderFromTheMomentItSawTheLastRenewal() {
        election.saw(heldBy("b", "1"), at(0));
        assertThat(election.next(at(400))).isEqualTo(new Step.Read());
        election.saw(heldBy("b", "2"), at(500));
        election.saw(heldBy("b", "2"), at(2400));
        assertThat(election.next(at(2400))).isEqualTo(new Step.Rest(50 * MILLI));
        election.saw(heldBy("b", "2"), at(2480));
        assertThat(election.next(at(2480))).isEqualTo(new Step.Rest(20 * MILLI));
        assertThat(election.next(at(2500))).isEqualTo(new Step.Write(new LeaseRecord("a", TIMES.lease(), 4, "2")));
    }

    @Test
    void believesTheHolderHowLongItWantsToBeWaitedForButNotForEver() {
        election.saw(new LeaseRecord("b", Duration.ofSeconds(5), 0, "1"), at(0));
        assertThat(election.next(at(4999))).isInstanceOf(Step.Read.class);
        assertThat(election.next(at(5000))).isInstanceOf(Step.Write.class);
        election.saw(new LeaseRecord("b", Duration.ofDays(365), 0, "2"), at(5000));
        assertThat(election.next(at(5000) + LeaseRecord.LONGEST.toNanos())).isInstanceOf(Step.Write.class);
    }

    @Test
    void aLeaseThatIsNotThereMayHaveBeenDeletedUnderALeaderThatActs() {
        election.saw(LeaseRecord.absent(TIMES.lease()), at(0));
        assertThat(election.next(at(1999))).isInstanceOf(Step.Read.class);
        assertThat(election.next(at(2000))).isEqualTo(new Step.Write(new LeaseRecord("a", TIMES.lease(), 1, "")));
    }

    @Test
    void aLeaderThatCannotRenewStaysInItsTermWhenNobodyHadTheLeaseMeanwhile() {
        election.wrote(heldBy("a", "1"), at(0), at(1));
        election.failed(at(1500));
        assertThat(election.next(at(1700))).isEqualTo(new Step.Read());
        election.saw(heldBy("a", "1"), at(9000));
        election.wrote(heldBy("a", "2"), at(9001), at(9010));
        assertThat(election.term()).isEqualTo(1);
        assertThat(election.actUntilNanos()).isEqualTo(at(9001 + 1400));
    }

    @Test
    void anotherHolderEndsTheTermAndTheNextOneHasAnotherNumber() {
        election.wrote(heldBy("a", "1"), at(0), at(1));
        election.saw(heldBy("b", "2"), at(3000));
        assertThat(election.term()).isZero();
        election.wrote(heldBy("a", "3"), at(6000), at(6001));
        assertThat(election.term()).isEqualTo(2);
    }

    @Test
    void aRefusedWriteIsFollowedByALookAndByAWholeWait() {
        election.saw(heldBy("b", "1"), at(0));
        election.refused(at(2000));
        assertThat(election.next(at(2000))).isEqualTo(new Step.Read());
        election.saw(heldBy("b", "1"), at(2001));
        assertThat(election.next(at(4000))).isInstanceOf(Step.Read.class);
        assertThat(election.next(at(4001))).isInstanceOf(Step.Write.class);
    }

    @Test
    void onlyALeaderLetsGo() {
        assertThat(election.release()).isNull();
        election.wrote(heldBy("a", "1"), at(0), at(1));
        assertThat(election.release()).isEqualTo(new Step.Write(new LeaseRecord("", TIMES.lease(), 3, "1")));
        election.wrote(heldBy("", "2"), at(5), at(6));
        assertThat(election.term()).isZero();
    }

    @Test
    void timesThatLeaveNoDistanceBetweenTwoLeadersAreRefused() {
        Duration milli = Duration.ofMillis(1);
        assertThatThrownBy(() -> new LeaseTimes(Duration.ofSeconds(2), Duration.ofSeconds(2), milli, milli))
                .hasMessageContaining("actFor PT2S, lease PT2S");
        assertThatThrownBy(() -> new LeaseTimes(Duration.ofMillis(2500), Duration.ofSeconds(2), milli, milli))
                .hasMessageContaining("whole seconds");
    }

    @Test
    void aFollowerLooksOftenFromWhenTheNextRenewalIsDue() {
        election.saw(heldBy("b", "1"), at(0));
        assertThat(election.next(at(0))).isEqualTo(new Step.Rest(350 * MILLI));
        election.saw(heldBy("b", "1"), at(350));
        assertThat(election.next(at(350))).isEqualTo(new Step.Rest(50 * MILLI));
        election.saw(heldBy("b", "2"), at(400));
        assertThat(election.next(at(400))).isEqualTo(new Step.Rest(350 * MILLI));
    }

    private static LeaseRecord heldBy(String holder, String version) {
        return new LeaseRecord(holder, TIMES.lease(), 3, version);
    }

    private static long at(long millis) {
        return START + millis * MILLI;
    }
}
