// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.history;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import net.statemesh.api.history.History;
import net.statemesh.api.history.HistoryEntry;
import net.statemesh.api.history.HistorySpec;
import net.statemesh.zone.exact.ExactDeletion;
import net.statemesh.zone.plan.history.Chronicle;
import net.statemesh.zone.plan.history.Subject;

/** Reads and writes Histories. A write over a History that somebody else changed meanwhile fails with a conflict. */
final class Histories {
    private final KubernetesClient client;

    Histories(KubernetesClient client) {
        this.client = client;
    }

    List<History> all() {
        return client.resources(History.class).inAnyNamespace().list().getItems();
    }

    void add(Subject subject, Collection<HistoryEntry> happened, Instant now) {
        History history = client.resources(History.class)
                .inNamespace(subject.namespace())
                .withName(subject.historyName())
                .get();
        if (history != null) {
            write(history, Chronicle.written(history.getSpec(), happened, now));
            return;
        }
        History first = new History();
        first.setMetadata(new ObjectMetaBuilder()
                .withNamespace(subject.namespace())
                .withName(subject.historyName())
                .build());
        first.setSpec(Chronicle.written(HistorySpec.of(subject.kind(), subject.name()), happened, now));
        client.resource(first).create();
    }

    /** Without what is too old by now. */
    void prune(History history, Instant now) {
        write(history, Chronicle.written(history.getSpec(), List.of(), now));
    }

    void delete(History history) {
        ExactDeletion.delete(client, history);
    }

    private void write(History history, HistorySpec next) {
        if (!next.equals(history.getSpec())) {
            history.setSpec(next);
            client.resource(history).update();
        }
    }
}
