// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.statemesh.health.protocol.Timing;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals(0);
    private long nowMillis;
    private long number;

    @Test
    void suspicionGrowsWithSilence() {
        arrive(100, 0, 0);
        double before = 0;
        for (int silence = Timing.HEARTBEAT_MILLIS; silence <= 3_000; silence += Timing.HEARTBEAT_MILLIS) {
            double phi = arrivals.phi(nowMillis + silence);
            assertThat(phi).isGreaterThan(before);
            before = phi;
        }
        assertThat(arrivals.phi(nowMillis + Timing.HEARTBEAT_MILLIS / 2)).isLessThan(0.1);
    }

    @Test
    void aLinkThatLosesMuchIsSuspectedLater() {
        arrive(1_000, 0, 0);
        double clean = arrivals.phi(nowMillis + 900);
        arrive(1_000, 0.08, 0);
        assertThat(arrivals.phi(nowMillis + 900)).isLessThan(clean).isGreaterThan(Timing.SUSPICIOUS_PHI);
    }

    @Test
    void lossThatIsOutOfBoundsHidesNoDeath() {
        arrive(2_000, 0.6, 0);
        assertThat(arrivals.phi(nowMillis + 1_000)).isGreaterThan(Timing.SUSPICIOUS_PHI);
    }

    @Test
    void jitterMakesLateHeartbeatsLessSuspicious() {
        arrive(500, 0, 0);
        double steady = arrivals.phi(nowMillis + 260);
        arrive(500, 0, 80);
        assertThat(arrivals.phi(nowMillis + 260)).isLessThan(steady);
    }

    @Test
    void heartbeatsThatWereOvertakenCountForNothing() {
        arrive(10, 0, 0);
        assertThat(arrivals.arrived(number, nowMillis + 1)).isFalse();
        assertThat(arrivals.arrived(number - 1, nowMillis + 1)).isFalse();
        assertThat(arrivals.lastMillis()).isEqualTo(nowMillis);
    }

    @Test
    void silenceWhileNobodyListenedIsExcused() {
        arrive(100, 0, 0);
        arrivals.excuse(5_000, nowMillis + 5_000);
        assertThat(arrivals.phi(nowMillis + 5_000)).isLessThan(0.1);
    }

    private void arrive(int heartbeats, double loss, int jitterMillis) {
        Random random = new Random(5);
        for (int i = 0; i < heartbeats; i++) {
            nowMillis += Timing.HEARTBEAT_MILLIS;
            number++;
            if (random.nextDouble() >= loss) {
                arrivals.arrived(number, nowMillis + (jitterMillis == 0 ? 0 : random.nextInt(jitterMillis)));
            }
        }
        arrivals.arrived(++number, nowMillis += Timing.HEARTBEAT_MILLIS);
    }
}
