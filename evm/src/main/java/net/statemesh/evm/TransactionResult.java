// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm;

import java.util.List;
import java.util.Optional;
import net.statemesh.evm.interpreter.HaltReason;
import net.statemesh.evm.state.Log;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/**
 * What a valid transaction has come to; a failed one has paid its gas and changed nothing else.
 *
 * @param halt empty after success
 * @param gasUsed what the sender has paid for
 * @param output what was returned, or the reason given by REVERT
 * @param created the contract that a creation has created
 * @param gasPrice what was paid, in wei a gas
 */
public record TransactionResult(
        Address sender,
        Optional<HaltReason> halt,
        long gasUsed,
        Bytes output,
        List<Log> logs,
        Optional<Address> created,
        Word gasPrice) {
    public boolean isSuccess() {
        return halt.isEmpty();
    }
}
