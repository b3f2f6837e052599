// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartPauseTest {
    @Test
    void waitDoublesWithEveryQuickDeath() {
        RestartPause once = RestartPause.FRESH.afterLifeOf(10);
        RestartPause twice = once.afterLifeOf(10);
        RestartPause thrice = twice.afterLifeOf(10);

        assertThat(RestartPause.FRESH.delayMillis()).isZero();
        assertThat(once.delayMillis()).isEqualTo(200);
        assertThat(twice.delayMillis()).isEqualTo(400);
        assertThat(thrice.delayMillis()).isEqualTo(800);
    }

    @Test
    void waitIsNeverLongerThanThirtySeconds() {
        RestartPause pause = RestartPause.FRESH;
        for (int death = 0; death < 1_000; death++) {
            pause = pause.afterLifeOf(0);
        }
        assertThat(pause.delayMillis()).isEqualTo(30_000);
    }

    @Test
    void longLifeIsForgiven() {
        RestartPause bad = RestartPause.FRESH.afterLifeOf(0).afterLifeOf(0).afterLifeOf(0);
        assertThat(bad.afterLifeOf(60_000).delayMillis()).isEqualTo(200);
        assertThat(bad.afterLifeOf(59_999).delayMillis()).isEqualTo(1_600);
    }
}
