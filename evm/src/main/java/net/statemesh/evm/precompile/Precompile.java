// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.util.Optional;
import net.statemesh.evm.type.Bytes;

/** A contract that is part of the machine: a function of its input. */
public interface Precompile {
    /** What a call costs, whether it succeeds or not; {@link Long#MAX_VALUE} for inputs that nobody can pay. */
    long gas(Bytes input);

    /** The output; empty when the call fails, which consumes all gas it was given. */
    Optional<Bytes> run(Bytes input);
}
