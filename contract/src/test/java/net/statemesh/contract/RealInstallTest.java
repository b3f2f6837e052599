// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import java.nio.file.Path;
import net.statemesh.contract.engine.Engine;
import net.statemesh.contract.engine.RealKubernetes;
import org.junit.jupiter.api.Tag;

/** A zone on a real Kubernetes. */
@Tag("kubernetes")
class RealInstallTest extends InstallContract {
    @Override
    Engine start(Path folder) {
        return RealKubernetes.start(folder.resolve("cluster"));
    }
}
