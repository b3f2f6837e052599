// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.List;
import java.util.Optional;
import net.statemesh.evm.state.Log;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;

/**
 * What the outermost call has come to.
 *
 * @param halt empty after success
 * @param output what was returned; the reason given by REVERT; nothing after other failures
 * @param refund gas to give back within its limits
 * @param created the new contract, after the success of a creation
 */
public record CallResult(
        Optional<HaltReason> halt, Bytes output, long gasLeft, long refund, List<Log> logs, Optional<Address> created) {
    public boolean isSuccess() {
        return halt.isEmpty();
    }
}
