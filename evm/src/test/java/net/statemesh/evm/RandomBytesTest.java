// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.statemesh.evm.interpreter.HaltReason;
import net.statemesh.evm.interpreter.Tracer;
import net.statemesh.evm.state.Account;
import net.statemesh.evm.state.InMemoryWorldState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.transaction.InvalidTransactionException;
import net.statemesh.evm.transaction.TransactionReader;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Noise as code, as init code and as transactions: nothing is thrown, nothing hangs, no wei appears. */
@Tag("property")
class RandomBytesTest {
    private static final long SEED = 20_261_122;
    private static final int PROGRAMS = 6_000;
    private static final int TRANSACTIONS = 20_000;
    private static final int MAX_CODE_BYTES = 120;
    private static final long GAS = 400_000;
    private static final Address CONTRACT = Address.ofHex("0x3000000000000000000000000000000000000003");

    /** Hears of every instruction, so that each is charged on its own. */
    private static final class Listener implements Tracer {
        @Override
        public boolean wantsSteps() {
            return true;
        }

        @Override
        public void step(Step step) {
            assertThat(step.gas()).isNotNegative();
        }

        @Override
        public void enter(Call call, long callerGas) {
            // only steps count
        }

        @Override
        public void exit(Bytes output, long gasUsed, @Nullable HaltReason halt) {
            assertThat(gasUsed).isNotNegative();
        }
    }

    private record Run(long gasUsed, Optional<HaltReason> halt, Bytes output, Word root) {
        /** Underflow and overflow are seen at the block's start or at the instruction: which reason is named may differ. */
        boolean isSameAs(Run other) {
            return gasUsed == other.gasUsed
                    && halt.isEmpty() == other.halt.isEmpty()
                    && output.equals(other.output)
                    && root.equals(other.root);
        }
    }

    @Test
    void blocksAndSingleInstructionsCostTheSame() throws InvalidTransactionException {
        Random random = new Random(SEED);
        int successes = 0;
        for (int i = 0; i < PROGRAMS; i++) {
            byte[] code = code(random);
            boolean isInitCode = random.nextInt(4) == 0;
            Run inBlocks = run(code, isInitCode, null);
            Run inSteps = run(code, isInitCode, new Listener());
            assertThat(inBlocks.isSameAs(inSteps))
                    .as(
                            "program %d, seed %d: %s, in blocks %s, in steps %s",
                            i, SEED, Bytes.wrap(code), inBlocks, inSteps)
                    .isTrue();
            successes += inBlocks.halt.isEmpty() ? 1 : 0;
        }
        assertThat(successes).as("some noise must get through").isBetween(PROGRAMS / 20, PROGRAMS);
    }

    private static Run run(byte[] code, boolean isInitCode, Tracer tracer) throws InvalidTransactionException {
        InMemoryWorldState world = Worlds.rich();
        Worlds.deploy(world, CONTRACT, isInitCode ? Bytes.EMPTY : Bytes.copyOf(code));
        Journal journal = new Journal(world);
        TransactionResult result = Worlds.executor(journal, tracer)
                .execute(Worlds.transaction(
                        0,
                        isInitCode ? Optional.empty() : Optional.of(CONTRACT),
                        5,
                        isInitCode ? Bytes.copyOf(code) : Bytes.ofHex("0102030405"),
                        GAS));
        journal.commit();
        assertThat(result.gasUsed()).isBetween(21_000L, GAS);
        assertThat(balance(world, Worlds.SENDER)).isLessThanOrEqualTo(Worlds.WEALTH);
        return new Run(result.gasUsed(), result.halt(), result.output(), world.root());
    }

    private static Word balance(InMemoryWorldState world, Address address) {
        Account account = world.account(address);
        return account == null ? Word.ZERO : account.balance();
    }

    /** Half of it defined instructions after some pushes, half plain noise. */
    private static byte[] code(Random random) {
        byte[] code = new byte[1 + random.nextInt(MAX_CODE_BYTES)];
        random.nextBytes(code);
        if (random.nextBoolean()) {
            for (int i = 0; i < code.length; i++) {
                int choice = random.nextInt(10);
                code[i] = (byte)
                        (choice < 5
                                ? 0x5f
                                : choice < 6 ? 0x60 : choice < 7 ? 0x80 + random.nextInt(4) : code[i] & 0x7f);
            }
        }
        return code;
    }

    @Test
    void noiseIsNoTransaction() {
        Random random = new Random(SEED);
        for (int i = 0; i < TRANSACTIONS; i++) {
            byte[] noise = new byte[random.nextInt(150)];
            random.nextBytes(noise);
            for (int first : List.of(-1, 1, 2, 3, 0xf8)) {
                if (noise.length > 1 && first >= 0) {
                    noise[0] = (byte) first;
                    noise[1] = (byte) (random.nextBoolean() ? noise.length - 2 : 0xc0 + noise.length);
                }
                assertThatCode(() -> read(noise)).as("%s", Bytes.wrap(noise)).doesNotThrowAnyException();
            }
        }
    }

    private static void read(byte[] bytes) {
        try {
            TransactionReader.read(Bytes.copyOf(bytes));
        } catch (InvalidTransactionException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
