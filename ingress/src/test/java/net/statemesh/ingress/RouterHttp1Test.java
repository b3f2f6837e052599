// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterHttp1Test {
    @TempDir
    private Path folder;

    private RouterFixture fixture;

    @BeforeEach
    void start() {
        fixture = new RouterFixture(folder);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void requestReachesTheReplicaAndItsAnswerComesBack() {
        fixture.route(fixture.backend(Backend.answering("hello")).port());

        RawClient.Answer answer = fixture.connect().get("/").read();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
    }
}
