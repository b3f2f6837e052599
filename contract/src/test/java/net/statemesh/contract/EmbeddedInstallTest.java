// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import java.nio.file.Path;
import net.statemesh.contract.engine.EmbeddedEngine;
import net.statemesh.contract.engine.Engine;

/** A zone on the embedded engine. */
class EmbeddedInstallTest extends InstallContract {
    @Override
    Engine start(Path folder) {
        return EmbeddedEngine.start(folder);
    }
}
