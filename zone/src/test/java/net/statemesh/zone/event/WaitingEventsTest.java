// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import org.junit.jupiter.api.Test;

class WaitingEventsTest {
    private final WaitingEvents waiting = new WaitingEvents(3);

    @Test
    void eventsComeInTheOrderInWhichTheyHappened() throws InterruptedException {
        Event first = event(EventRecorder.NORMAL, "Scheduled");
        Event second = event(EventRecorder.WARNING, "Preempted");
        assertThat(waiting.add(first)).isEmpty();
        assertThat(waiting.add(second)).isEmpty();
        assertThat(waiting.take()).isSameAs(first);
        assertThat(waiting.take()).isSameAs(second);
    }

    @Test
    void whatIsAsItShouldBeMakesRoomForWhatIsNot() throws InterruptedException {
        Event trouble = event(EventRecorder.WARNING, "Preempted");
        Event usual = event(EventRecorder.NORMAL, "Scheduled");
        Event later = event(EventRecorder.NORMAL, "ReplicaCreated");
        Event dead = event(EventRecorder.WARNING, "NodeDead");
        waiting.add(trouble);
        waiting.add(usual);
        waiting.add(later);
        assertThat(waiting.add(dead)).containsSame(usual);
        assertThat(waiting.take()).isSameAs(trouble);
        assertThat(waiting.take()).isSameAs(later);
        assertThat(waiting.take()).isSameAs(dead);
    }

    @Test
    void theOldestTroubleMakesRoomWhenThereIsNothingElse() {
        Event oldest = event(EventRecorder.WARNING, "NodeDead");
        waiting.add(oldest);
        waiting.add(event(EventRecorder.WARNING, "NodeDead"));
        waiting.add(event(EventRecorder.WARNING, "NodeDead"));
        assertThat(waiting.add(event(EventRecorder.NORMAL, "Scheduled"))).containsSame(oldest);
    }

    private static Event event(String type, String reason) {
        return new EventBuilder().withType(type).withReason(reason).build();
    }
}
