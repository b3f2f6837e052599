// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.statemesh.contract.engine.EmbeddedProcess;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The embedded engine keeps the contract also when it is killed (SIGKILL) at random between requests. */
@Tag("acceptance")
class KilledEngineTest extends ApiContract {
    private static final double KILL_PROBABILITY = 0.03;
    private static final int MANY = 1_000;

    private final long seed = Long.getLong("statemesh.seed", System.nanoTime());

    @Override
    Engine start(Path folder) {
        System.out.println("KilledEngineTest: -Dstatemesh.seed=" + seed);
        return EmbeddedProcess.start(folder, seed, KILL_PROBABILITY);
    }

    /** Each death costs a start of the JVM. */
    @Override
    int many() {
        return MANY;
    }

    @AfterAll
    void killedNowAndThen() {
        assertThat(((EmbeddedProcess) engine()).kills()).as("seed %d", seed).isPositive();
    }
}
