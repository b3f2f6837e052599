// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidatorsTest {
    @Test
    void heavierFirstThenLowerId() {
        Validators validators = Validators.of(List.of(new Validator(5, 1), new Validator(2, 1), new Validator(9, 7)));
        assertThat(validators.canonical()).extracting(Validator::id).containsExactly(9L, 2L, 5L);
    }

    @Test
    void quorumIsTheLeastWeightAboveTwoThirds() {
        assertThat(quorumOf(1)).isEqualTo(1);
        assertThat(quorumOf(2)).isEqualTo(2);
        assertThat(quorumOf(3)).isEqualTo(3);
        assertThat(quorumOf(4)).isEqualTo(3);
        assertThat(quorumOf(Integer.MAX_VALUE)).isEqualTo(1_431_655_765);
    }

    @Test
    void setsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Validators.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Validators.of(List.of(new Validator(1, 1), new Validator(1, 2))))
                .withMessageContaining("validator 1 is listed twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Validators.of(List.of(new Validator(1, Integer.MAX_VALUE), new Validator(2, 1))))
                .withMessageContaining("2147483648");
        assertThatIllegalArgumentException().isThrownBy(() -> new Validator(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Validator(1L << 32, 1));
    }

    @Test
    void eventIdsSortByEpochThenLamportTimeThenHashUnsigned() {
        EventId low = new EventId(EventId.prefix(1, 9), -1, 0, 0);
        EventId high = new EventId(EventId.prefix(2, 1), 0, 0, 0);
        EventId highHash = new EventId(EventId.prefix(1, 9), -1, 0, -1);
        assertThat(List.of(high, highHash, low).stream().sorted()).containsExactly(low, highHash, high);
        assertThat(EventId.read(ByteBuffer.wrap(high.bytes()))).isEqualTo(high);
        assertThat(low.epoch()).isEqualTo(1);
        assertThat(low.lamport()).isEqualTo(9);
    }

    private static int quorumOf(int weight) {
        return Validators.of(List.of(new Validator(1, weight))).quorum();
    }
}
