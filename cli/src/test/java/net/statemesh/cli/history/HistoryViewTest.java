// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HistoryViewTest {
    private static final String TWO_ENTRIES = """
            {"spec":{"kind":"Application","name":"shop","forgotten":3,"entries":[
             {"first":"2026-05-01T10:00:00Z","last":"2026-05-01T10:00:00Z","count":1,"warning":false,
              "reason":"ReplicaCreated","actor":"statemesh:master","about":"shop","message":"created replica shop-0",
              "event":"uid-1"},
             {"first":"2026-05-01T11:00:00Z","last":"2026-05-01T11:05:00Z","count":4,"warning":true,
              "reason":"Unhealthy","actor":"","about":"shop-x7k2p-abcde-0","message":"readiness probe failed:\\nno"}]}}
            """;

    @Test
    void pageSaysWhenWhyWhoAndWhat() throws IOException {
        assertThat(view(TWO_ENTRIES).lines())
                .containsExactly(
                        "shop: the last 30 days, what happened last comes last",
                        "  TIME                  REASON                                   BY                WHAT",
                        "  2026-05-01T10:00:00Z  ReplicaCreated                           statemesh:master  shop",
                        "      created replica shop-0",
                        "  2026-05-01T11:05:00Z  Unhealthy x4 since 2026-05-01T11:00:00Z  -                 "
                                + "shop-x7k2p-abcde-0",
                        "      readiness probe failed: no",
                        "  and 3 older ones, which were too many to keep");
    }

    @Test
    void documentHasTheSameFieldsWhateverIsMissing() throws IOException {
        var entries = view(TWO_ENTRIES).document().path("entries");
        assertThat(entries.size()).isEqualTo(2);
        assertThat(entries.get(0).path("reason").asText()).isEqualTo("ReplicaCreated");
        assertThat(entries.get(0).has("event")).isFalse();
        assertThat(entries.get(1).path("count").asInt()).isEqualTo(4);
    }

    @Test
    void nothingKnownIsSaidInASentenceAndInAnEmptyList() {
        assertThat(HistoryView.empty("shop").lines())
                .containsExactly("Nothing is known to have happened to shop in the last 30 days.");
        assertThat(HistoryView.empty("shop").document().toString())
                .isEqualTo("{\"name\":\"shop\",\"entries\":[],\"forgotten\":0}");
    }

    private static HistoryView view(String history) throws IOException {
        return new HistoryView("shop", new ObjectMapper().readTree(history));
    }
}
