// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.statemesh.zone.plan.node.LeaseWatch.Verdict;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {
    private final LeaseWatch watch = new LeaseWatch();

    @Test
    void silenceCountsFromTheLastRenewalThatWasSeen() {
        watch.observe("node-1", "a", seconds(0));
        watch.observe("node-1", "b", seconds(30));
        watch.observe("node-1", "b", seconds(60));
        assertThat(watch.judge("node-1", seconds(69))).isEqualTo(Verdict.REPORTS);
        assertThat(watch.judge("node-1", seconds(70))).isEqualTo(Verdict.SILENT);
        assertThat(watch.judge("node-1", seconds(30) + LeaseWatch.LOST_AFTER.toNanos()))
                .isEqualTo(Verdict.LOST);
    }

    @Test
    void aNodeThatWasNeverSeenGetsAFullPeriod() {
        assertThat(watch.judge("node-1", seconds(1000))).isEqualTo(Verdict.UNDECIDED);
        assertThat(watch.judge("node-1", seconds(1039))).isEqualTo(Verdict.UNDECIDED);
        assertThat(watch.judge("node-1", seconds(1040))).isEqualTo(Verdict.SILENT);
    }

    @Test
    void afterTheMasterWasAwayEveryNodeStartsAnew() {
        watch.observe("node-1", "a", seconds(0));
        watch.startAnew(seconds(500));
        assertThat(watch.judge("node-1", seconds(539))).isEqualTo(Verdict.UNDECIDED);
        assertThat(watch.judge("node-1", seconds(540))).isEqualTo(Verdict.SILENT);
    }

    @Test
    void nodeReportsOnlyWhenARenewalWasSeenToChange() {
        watch.judge("node-1", seconds(0));
        watch.observe("node-1", "of an hour ago", seconds(1));
        assertThat(watch.judge("node-1", seconds(2))).isEqualTo(Verdict.UNDECIDED);
        watch.observe("node-1", "new", seconds(3));
        assertThat(watch.judge("node-1", seconds(4))).isEqualTo(Verdict.REPORTS);
        watch.startAnew(seconds(5));
        assertThat(watch.judge("node-1", seconds(6))).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void timesThatNodesWriteAreOnlyCompared() {
        watch.observe("node-1", "2099-01-01T00:00:00Z", seconds(0));
        watch.observe("node-1", "1999-01-01T00:00:00Z", seconds(30));
        assertThat(watch.judge("node-1", seconds(60))).isEqualTo(Verdict.REPORTS);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
