// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitDoublesWithEveryQuickDeath() {
        Backoff once = Backoff.FRESH.afterLifeOf(10);
        Backoff twice = once.afterLifeOf(10);
        Backoff thrice = twice.afterLifeOf(10);

        assertThat(Backoff.FRESH.delayMillis()).isZero();
        assertThat(once.delayMillis()).isEqualTo(200);
        assertThat(twice.delayMillis()).isEqualTo(400);
        assertThat(thrice.delayMillis()).isEqualTo(800);
    }

    @Test
    void waitIsNeverLongerThanThirtySeconds() {
        Backoff backoff = Backoff.FRESH;
        for (int death = 0; death < 1_000; death++) {
            backoff = backoff.afterLifeOf(0);
        }
        assertThat(backoff.delayMillis()).isEqualTo(30_000);
    }

    @Test
    void longLifeIsForgiven() {
        Backoff bad = Backoff.FRESH.afterLifeOf(0).afterLifeOf(0).afterLifeOf(0);
        assertThat(bad.afterLifeOf(60_000).delayMillis()).isEqualTo(200);
        assertThat(bad.afterLifeOf(59_999).delayMillis()).isEqualTo(1_600);
    }
}
