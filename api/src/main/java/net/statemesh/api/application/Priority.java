// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** Who goes first when there is not room for all: waits less, and may take the room of a lower one. */
public enum Priority {
    /** Runs where room is left, and gives it back first. */
    @JsonProperty("Low")
    LOW("Low", -1000),
    @JsonProperty("Normal")
    NORMAL("Normal", 0),
    /** Placed first; takes room from lower ones when there is no other. */
    @JsonProperty("High")
    HIGH("High", 1000);

    private final String label;
    private final int value;

    Priority(String label, int value) {
        this.label = label;
        this.value = value;
    }

    /** Value of {@link net.statemesh.api.Labels#PRIORITY}, and the name in JSON. */
    public String label() {
        return label;
    }

    /** Larger goes first; on the scale of a Kubernetes PriorityClass. */
    public int value() {
        return value;
    }

    /** The priority of this label value. */
    public static Optional<Priority> ofLabel(String label) {
        for (Priority priority : values()) {
            if (priority.label.equals(label)) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }
}
