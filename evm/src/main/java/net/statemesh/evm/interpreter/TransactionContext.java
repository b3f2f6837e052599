// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.List;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;

/**
 * What code may know of the transaction that runs it.
 *
 * @param gasPrice what is paid, in wei a gas
 * @param blobHashes versioned hashes (EIP-4844)
 */
public record TransactionContext(Address origin, Word gasPrice, List<Word> blobHashes) {
    public TransactionContext {
        blobHashes = List.copyOf(blobHashes);
    }
}
