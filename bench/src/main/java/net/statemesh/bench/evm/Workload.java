// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.evm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.statemesh.anvil.Anvil;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/**
 * A contract of {@code src/main/solidity} and the transactions of each round.
 *
 * @param setUp sent once, before all rounds
 * @param rounds the data of a round's transactions, by its number from 0
 */
record Workload(String name, String contract, List<Bytes> setUp, long gas, Rounds rounds) {
    private static final int TRANSFERS = 1_000;
    private static final int STORAGE_CALLS = 10;
    private static final int SLOTS_PER_CALL = 150;
    private static final int SIEVE_CALLS = 20;
    private static final int SIEVE_LIMIT = 4_000;
    private static final int HASH_CALLS = 20;
    private static final int HASHES_PER_CALL = 20_000;
    private static final int SELECTOR_BYTES = 4;

    interface Rounds {
        List<Bytes> data(int round);
    }

    static List<Workload> all() {
        return List.of(
                new Workload(
                        "erc20",
                        "Erc20",
                        List.of(data("mint(address,uint256)", Anvil.SENDER.toWord(), Word.of(1L << 60))),
                        100_000,
                        round -> IntStream.range(0, TRANSFERS)
                                .mapToObj(i -> data("transfer(address,uint256)", holder(round, i), Word.of(1000 + i)))
                                .toList()),
                new Workload(
                        "storage",
                        "Slots",
                        List.of(),
                        20_000_000,
                        round -> IntStream.range(0, STORAGE_CALLS)
                                .mapToObj(i -> data(
                                        "touch(uint256,uint256)",
                                        Word.of((long) SLOTS_PER_CALL * ((round % 4) * STORAGE_CALLS + i)),
                                        Word.of(SLOTS_PER_CALL)))
                                .toList()),
                new Workload(
                        "compute",
                        "Numbers",
                        List.of(),
                        30_000_000,
                        round -> IntStream.range(0, SIEVE_CALLS)
                                .mapToObj(i -> data("run(uint256)", Word.of(SIEVE_LIMIT + i)))
                                .toList()),
                new Workload(
                        "keccak",
                        "Hashes",
                        List.of(),
                        30_000_000,
                        round -> IntStream.range(0, HASH_CALLS)
                                .mapToObj(i -> data("chain(uint256)", Word.of(HASHES_PER_CALL + i)))
                                .toList()));
    }

    Address address() {
        return Address.of(Keccak256.hash(contract.getBytes(StandardCharsets.US_ASCII)));
    }

    Bytes code() throws IOException {
        try (InputStream in = Workload.class.getResourceAsStream(contract + ".hex")) {
            if (in == null) {
                throw new IOException("no bytecode of " + contract + ": run bench/src/main/solidity/compile");
            }
            return Bytes.ofHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    /** Half the recipients come again in every round, half are new. */
    private static Word holder(int round, int number) {
        long seed = number % 2 == 0 ? number : (long) round * TRANSFERS + number;
        byte[] text = ("holder " + seed).getBytes(StandardCharsets.US_ASCII);
        return Address.of(Keccak256.hash(text)).toWord();
    }

    private static Bytes data(String signature, Word... arguments) {
        byte[] selector =
                Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII)).toBytes();
        ByteBuffer out = ByteBuffer.allocate(SELECTOR_BYTES + arguments.length * Word.BYTES);
        out.put(selector, 0, SELECTOR_BYTES);
        for (Word argument : arguments) {
            out.put(argument.toBytes());
        }
        return Bytes.wrap(out.array());
    }
}
