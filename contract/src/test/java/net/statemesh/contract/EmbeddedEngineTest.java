// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import java.nio.file.Path;
import net.statemesh.contract.engine.EmbeddedEngine;
import net.statemesh.contract.engine.Engine;

/** The embedded engine keeps the contract. */
class EmbeddedEngineTest extends ApiContract {
    @Override
    Engine start(Path folder) {
        return EmbeddedEngine.start(folder);
    }
}
