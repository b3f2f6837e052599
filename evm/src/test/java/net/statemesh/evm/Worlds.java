// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm;

import java.util.Optional;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.interpreter.BlockContext;
import net.statemesh.evm.interpreter.CodeCache;
import net.statemesh.evm.interpreter.Tracer;
import net.statemesh.evm.precompile.EthereumPrecompiles;
import net.statemesh.evm.precompile.Precompiles;
import net.statemesh.evm.state.Account;
import net.statemesh.evm.state.InMemoryWorldState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.transaction.SenderChecks;
import net.statemesh.evm.transaction.Transaction;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** A world with one rich sender, whose transactions need no signature, and contracts of given code. */
public final class Worlds {
    public static final Address SENDER = Address.ofHex("0x1000000000000000000000000000000000000001");
    public static final Address COINBASE = Address.ofHex("0x2000000000000000000000000000000000000002");
    public static final long CHAIN_ID = 7;
    public static final Word WEALTH = Word.of(1L << 62);

    private static final long GAS_PRICE = 3;
    private static final long BASE_FEE = 2;
    private static final long CODE_CACHE_BYTES = 1 << 22;
    private static final Precompiles PRECOMPILES = EthereumPrecompiles.cancun();
    private static final SenderChecks CHECKS =
            new SenderChecks(CHAIN_ID, false, (hash, yParity, r, s) -> Optional.of(SENDER));

    private Worlds() {}

    /** Only the sender, with {@link #WEALTH}. */
    public static InMemoryWorldState rich() {
        InMemoryWorldState world = new InMemoryWorldState();
        world.putAccount(SENDER, new Account(0, WEALTH, Keccak256.EMPTY));
        return world;
    }

    public static void deploy(InMemoryWorldState world, Address address, Bytes code) {
        Word hash = Keccak256.hash(code.shared());
        world.putCode(hash, code);
        world.putAccount(address, new Account(1, Word.of(1000), hash));
    }

    public static TransactionExecutor executor(Journal journal, Tracer tracer) {
        BlockContext block = new BlockContext(
                1000, 1_700_000_000, COINBASE, 1L << 40, Word.of(BASE_FEE), Word.ONE, Word.ONE, CHAIN_ID, Word::of);
        return new TransactionExecutor(journal, block, CHECKS, PRECOMPILES, new CodeCache(CODE_CACHE_BYTES), tracer);
    }

    /** A transaction of the sender; no recipient creates a contract. */
    public static Transaction transaction(long nonce, Optional<Address> to, long value, Bytes data, long gas) {
        return Transaction.unsigned(CHAIN_ID, nonce, Word.of(GAS_PRICE), gas, to, Word.of(value), data);
    }
}
