// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

import static net.statemesh.health.protocol.Correspondence.Admission.ADMITTED;
import static net.statemesh.health.protocol.Correspondence.Admission.IGNORED;
import static net.statemesh.health.protocol.Correspondence.Admission.UNPROVEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrespondenceTest {
    private static final int ONE = 1;
    private static final int TWO = 2;
    private static final Message MESSAGE = new Message.Ping(7);

    private final Correspondence one = new Correspondence(ONE, 10);
    private final Correspondence two = new Correspondence(TWO, 20);

    @Test
    void strangersProveThemselvesAfterOneHello() {
        assertThat(two.admit(one.to(TWO, MESSAGE))).isEqualTo(UNPROVEN);
        assertThat(one.admit(two.hello(ONE))).isEqualTo(ADMITTED);
        assertThat(two.admit(one.to(TWO, MESSAGE))).isEqualTo(ADMITTED);
    }

    @Test
    void anEnvelopeIsAdmittedOnceInWhateverOrderItComes() {
        introduce();
        List<Envelope> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(one.to(TWO, MESSAGE));
        }
        Collections.shuffle(sent, new Random(1));
        assertThat(sent).allSatisfy(envelope -> assertThat(two.admit(envelope)).isEqualTo(ADMITTED));
        assertThat(sent).allSatisfy(envelope -> assertThat(two.admit(envelope)).isEqualTo(IGNORED));
    }

    @Test
    void whatIsTooOldToTellIsIgnored() {
        introduce();
        Envelope old = one.to(TWO, MESSAGE);
        for (int i = 0; i < 64; i++) {
            two.admit(one.to(TWO, MESSAGE));
        }
        assertThat(two.admit(old)).isEqualTo(IGNORED);
    }

    @Test
    void recordsFromBeforeTheReceiverStartedProveNothing() {
        introduce();
        Envelope recorded = one.to(TWO, MESSAGE);
        Correspondence restarted = new Correspondence(TWO, 21);
        assertThat(restarted.admit(recorded)).isEqualTo(UNPROVEN);
    }

    @Test
    void recordsOfAnEarlierIncarnationOfTheSenderProveNothing() {
        introduce();
        Envelope recorded = one.to(TWO, MESSAGE);
        one.raise(11);
        one.admit(two.hello(ONE));
        assertThat(two.admit(one.to(TWO, MESSAGE))).isEqualTo(ADMITTED);
        assertThat(two.admit(recorded)).isEqualTo(UNPROVEN);
    }

    @Test
    void whoForgotItsIncarnationIsToldTheOneItIsKnownUnder() {
        introduce();
        Correspondence forgetful = new Correspondence(ONE, 3);
        assertThat(two.admit(forgetful.to(TWO, MESSAGE))).isEqualTo(UNPROVEN);
        assertThat(two.hello(ONE).message()).isEqualTo(new Message.Hello(10));
    }

    @Test
    void incarnationsOnlyGrow() {
        assertThatIllegalArgumentException().isThrownBy(() -> one.raise(10));
        assertThatIllegalArgumentException().isThrownBy(() -> new Correspondence(ONE, 0));
    }

    private void introduce() {
        two.admit(one.hello(TWO));
        one.admit(two.hello(ONE));
    }
}
