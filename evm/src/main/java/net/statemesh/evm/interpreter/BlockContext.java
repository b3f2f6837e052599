// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.function.LongFunction;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;

/**
 * What a transaction may know of the block it is in.
 *
 * @param timestampSeconds since 1970
 * @param gasLimit of the whole block
 * @param baseFee in wei a gas (EIP-1559)
 * @param prevRandao the block's randomness (EIP-4399)
 * @param blobBaseFee in wei a blob gas (EIP-7516)
 * @param blockHash hashes of the latest 256 blocks by number; asked for no others
 */
public record BlockContext(
        long number,
        long timestampSeconds,
        Address coinbase,
        long gasLimit,
        Word baseFee,
        Word prevRandao,
        Word blobBaseFee,
        long chainId,
        LongFunction<Word> blockHash) {}
