// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAnswerTest {
    @Test
    void answerOfTheApplicationIsRoutedWhateverItSays() {
        PublicAnswer missing = PublicAnswer.parse("HTTP/1.1 404 Not Found\r\nServer: nginx\r\n\r\nSM-INGRESS-101");
        assertThat(missing).isEqualTo(new PublicAnswer(404, ""));
        assertThat(missing.isRouted()).isTrue();
        assertThat(missing.isGood()).isFalse();
        assertThat(PublicAnswer.parse("HTTP/1.0 302 Found\r\n\r\n").isGood()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "102", "103", "104", "107", "109"})
    void routerThatKnowsNoReplicaIsNotThereYet(String number) {
        PublicAnswer answer = PublicAnswer.parse(
                "HTTP/1.1 503 Service Unavailable\r\nserver: statemesh\r\n\r\n{\"code\":\"SM-INGRESS-" + number
                        + "\"}");
        assertThat(answer.isRouted()).isFalse();
        assertThat(answer).hasToString("503 (SM-INGRESS-" + number + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"105", "106", "108"})
    void replicaThatAnswersBadlyIsReachedAllTheSame(String number) {
        PublicAnswer answer =
                PublicAnswer.parse("HTTP/1.1 502 Bad Gateway\r\nServer: statemesh\r\n\r\nSM-INGRESS-" + number);
        assertThat(answer.isRouted()).isTrue();
        assertThat(answer.isGood()).isFalse();
    }

    @Test
    void readingEndsWhereTheRestTellsNothing() {
        assertThat(PublicAnswer.isEnough("HTTP/1.1 200 OK\r\nServer: nginx\r\n"))
                .isFalse();
        assertThat(PublicAnswer.isEnough("HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n"))
                .isTrue();
        assertThat(PublicAnswer.isEnough("HTTP/1.1 503 -\r\nServer: statemesh\r\n\r\n{"))
                .isFalse();
        assertThat(PublicAnswer.isEnough("HTTP/1.1 503 -\r\nServer: statemesh\r\n\r\n{SM-INGRESS-103"))
                .isTrue();
    }

    @Test
    void somethingElseThanHttpIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicAnswer.parse("SSH-2.0-OpenSSH\r\n"));
    }
}
