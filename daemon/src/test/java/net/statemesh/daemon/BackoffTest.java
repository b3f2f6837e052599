// SPDX-License-Identifier: Apache-2.0
package net.statemesh.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));

    @Test
    void pauseDoublesUpToTheLongest() {
        assertThat(IntStream.of(0, 1, 2, 3, 6, 7, 100, Integer.MAX_VALUE)
                        .mapToObj(BACKOFF::after)
                        .map(Duration::toMillis))
                .containsExactly(0L, 250L, 500L, 1_000L, 8_000L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void pausesThatCannotGrowAreRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
