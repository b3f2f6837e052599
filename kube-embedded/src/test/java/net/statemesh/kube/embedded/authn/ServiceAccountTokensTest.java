// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.Write;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceAccountTokensTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectNode ACCOUNT = account();

    private Instant now = START;
    private ObjectStore store;
    private ServiceAccountTokens tokens;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        store = ObjectStore.open(folder);
        store.submit(Write.create(new ObjectKey("serviceaccounts", "shop", "robot"), ACCOUNT.deepCopy()))
                .get();
        tokens = new ServiceAccountTokens(new SecretKeySpec(new byte[32], "HmacSHA256"), store, () -> now);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void expiredTokenSaysSince() {
        String token = tokens.issue(ACCOUNT, Json.array(), 600, Json.object());
        now = START.plusSeconds(599);
        assertThat(tokens.user(token).name()).isEqualTo("system:serviceaccount:shop:robot");
        now = START.plusSeconds(600);
        refused(token, "token expired at 2026-01-01T00:10:00Z; request a new one");
    }

    @Test
    void tokenForAnotherAudienceIsRefused() {
        String token = tokens.issue(ACCOUNT, Json.array().add("vault"), 600, Json.object());
        refused(token, "token is for the audiences [\"vault\"]");
    }

    @Test
    void tokenOfTheFutureIsRefused() {
        String token = tokens.issue(ACCOUNT, Json.array(), 600, Json.object());
        now = START.minusSeconds(120);
        refused(token, "not valid yet");
    }

    @Test
    void changedTokenIsRefused() {
        String token = tokens.issue(ACCOUNT, Json.array(), 600, Json.object());
        refused(token.substring(0, token.length() - 2) + "AA", "not one of this server");
        refused("a.b.c", "not one of this server");
    }

    private void refused(String token, String why) {
        assertThatThrownBy(() -> tokens.user(token))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(401))
                .hasMessageContaining(why);
    }

    private static ObjectNode account() {
        ObjectNode account = Json.object();
        Meta.of(account).put("namespace", "shop").put("name", "robot").put("uid", "u1");
        return account;
    }
}
