// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import java.nio.file.Path;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every subject of the contract, for one engine. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
abstract class ApiContract {
    private Engine engine;

    /** @param folder empty, and removed at the end */
    abstract Engine start(Path folder);

    @BeforeAll
    final void startEngine(@TempDir Path folder) {
        engine = start(folder);
    }

    @AfterAll
    final void stopEngine() {
        engine.close();
    }

    final Engine engine() {
        return engine;
    }

    /** How many objects a large list has. */
    int many() {
        return 10_000;
    }

    @Nested
    class Writes extends WriteContract {
        Writes() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class Watching extends WatchContract {
        Watching() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class Lists extends ListContract {
        Lists() {
            super(ApiContract.this::engine, ApiContract.this::many);
        }
    }

    @Nested
    class Patches extends PatchContract {
        Patches() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class Apply extends ApplyContract {
        Apply() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class Deletion extends DeletionContract {
        Deletion() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class Pods extends PodContract {
        Pods() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class CustomResources extends CustomResourceContract {
        CustomResources() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class Access extends AccessContract {
        Access() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class Quotas extends QuotaContract {
        Quotas() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class Records extends RecordContract {
        Records() {
            super(ApiContract.this::engine);
        }
    }

    @Nested
    class Discovery extends DiscoveryContract {
        Discovery() {
            super(ApiContract.this::engine);
        }
    }
}
