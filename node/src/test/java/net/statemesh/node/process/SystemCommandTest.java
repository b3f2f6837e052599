// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SystemCommandTest {
    @Test
    void commandThatHangsIsEnded() {
        assertThatThrownBy(() -> SystemCommand.run(NodeErrors.STATE, List.of("sleep", "600")))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining("no end within");
    }

    /** Informers call back on the common pool, which has one worker where there are two processors. */
    @Test
    void commandNeedsNoThreadOfTheCommonPool() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        int workers = ForkJoinPool.getCommonPoolParallelism();
        CountDownLatch blocked = new CountDownLatch(workers);
        try {
            for (int i = 0; i < workers; i++) {
                ForkJoinPool.commonPool().execute(() -> {
                    blocked.countDown();
                    awaitQuietly(ended);
                });
            }
            blocked.await();
            assertThatCode(() -> SystemCommand.run(NodeErrors.STATE, List.of("true")))
                    .doesNotThrowAnyException();
        } finally {
            ended.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void failureTellsWhatTheCommandSaid() {
        assertThatThrownBy(() ->
                        SystemCommand.run(NodeErrors.STATE, List.of("sh", "-c", "echo no such mount >&2; exit 3")))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining("no such mount");
        assertThatThrownBy(() -> SystemCommand.run(NodeErrors.STATE, List.of("no-such-program")))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining("no-such-program");
        assertThatCode(() -> SystemCommand.run(NodeErrors.STATE, List.of("true")))
                .doesNotThrowAnyException();
    }
}
