// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import java.nio.file.Path;
import net.statemesh.contract.engine.Engine;
import net.statemesh.contract.engine.RealKubernetes;
import org.junit.jupiter.api.Tag;

/** The contract is what Kubernetes does: where this fails, the contract is wrong. */
@Tag("kubernetes")
class RealKubernetesTest extends ApiContract {
    @Override
    Engine start(Path folder) {
        return RealKubernetes.start(folder.resolve("cluster"));
    }
}
