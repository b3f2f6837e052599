// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import net.statemesh.evm.crypto.JavaSignatureRecovery;
import net.statemesh.evm.crypto.SignatureRecovery;
import net.statemesh.evm.transaction.IntrinsicGas;
import net.statemesh.evm.transaction.InvalidTransactionException;
import net.statemesh.evm.transaction.SenderChecks;
import net.statemesh.evm.transaction.Transaction;
import net.statemesh.evm.transaction.TransactionReader;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every transaction test: hash, sender and intrinsic gas of the valid ones, refusal of the others. */
@Tag("conformance")
class TransactionTest {
    private static final String FORK = "Cancun";
    private static final SenderChecks CHECKS = new SenderChecks(1, false, SignatureRecovery.fastest());
    private static final SenderChecks JAVA_CHECKS = new SenderChecks(1, false, new JavaSignatureRecovery());

    @TestFactory
    Stream<DynamicTest> files() throws IOException {
        return VectorFiles.of("TransactionTests").entrySet().stream()
                .flatMap(file -> file.getValue().properties().stream()
                        .filter(test -> test.getValue().get("result").has(FORK))
                        .map(test -> DynamicTest.dynamicTest(file.getKey() + " " + test.getKey(), () -> check(test))));
    }

    private static void check(Map.Entry<String, JsonNode> test) throws InvalidTransactionException {
        Bytes encoded = Bytes.ofHex(test.getValue().get("txbytes").asText());
        JsonNode expected = test.getValue().get("result").get(FORK);
        if (expected.has("exception")) {
            assertThatThrownBy(() -> CHECKS.sender(TransactionReader.read(encoded)))
                    .as("%s: %s", test.getKey(), expected.get("exception"))
                    .isInstanceOf(InvalidTransactionException.class);
            return;
        }
        Transaction transaction = TransactionReader.read(encoded);
        Address sender = Address.ofHex(expected.get("sender").asText());
        assertThat(CHECKS.sender(transaction)).as(test.getKey()).isEqualTo(sender);
        assertThat(JAVA_CHECKS.sender(transaction)).as(test.getKey()).isEqualTo(sender);
        assertThat(transaction.hash()).isEqualTo(Word.ofHex(expected.get("hash").asText()));
        assertThat(Word.of(IntrinsicGas.of(transaction)))
                .isEqualTo(Word.ofHex(expected.get("intrinsicGas").asText()));
    }
}
