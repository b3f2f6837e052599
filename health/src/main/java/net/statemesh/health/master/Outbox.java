// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.ArrayList;
import java.util.List;
import net.statemesh.health.protocol.Correspondence;
import net.statemesh.health.protocol.Message;

/** Collects what is to be done, in order. */
final class Outbox {
    private final Correspondence correspondence;
    private List<HealthOutput> outputs = new ArrayList<>();

    Outbox(Correspondence correspondence) {
        this.correspondence = correspondence;
    }

    void send(Message message, int receiver) {
        outputs.add(new HealthOutput.Send(correspondence.to(receiver, message)));
    }

    void hello(int receiver) {
        outputs.add(new HealthOutput.Send(correspondence.hello(receiver)));
    }

    void add(HealthOutput output) {
        outputs.add(output);
    }

    List<HealthOutput> drain() {
        if (outputs.isEmpty()) {
            return List.of();
        }
        List<HealthOutput> drained = outputs;
        outputs = new ArrayList<>(2);
        return drained;
    }
}
