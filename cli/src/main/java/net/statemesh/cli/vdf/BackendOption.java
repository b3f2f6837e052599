// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.vdf.Backend;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixin: {@code --backend}. */
final class BackendOption {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description =
                    "${COMPLETION-CANDIDATES}; without it the fastest that this machine has. All give the same bytes.")
    @Nullable
    private Backend backend;

    Backend backend() {
        Backend chosen = backend == null ? Backend.fastest() : backend;
        if (!chosen.isAvailable()) {
            throw new StateMeshException(
                    VdfErrors.BACKEND,
                    "--backend " + chosen + " needs libgmp.so.10, which this machine does not have.",
                    List.of(),
                    List.of("--backend java", "install libgmp10"));
        }
        return chosen;
    }
}
