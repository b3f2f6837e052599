// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import net.statemesh.api.Labels;

/** What can fail together: nodes with the same value of one label. */
public enum Domain {
    @JsonProperty("Node")
    NODE("node", Labels.HOSTNAME),
    @JsonProperty("Operator")
    OPERATOR("operator", Labels.OPERATOR),
    @JsonProperty("Zone")
    ZONE("zone", Labels.ZONE),
    @JsonProperty("Region")
    REGION("region", Labels.REGION);

    private final String word;
    private final String label;

    Domain(String word, String label) {
        this.word = word;
        this.label = label;
    }

    /** For people. */
    public String word() {
        return word;
    }

    /** The label of nodes; also the topology key in pods. */
    public String label() {
        return label;
    }

    /** The domain that this label of nodes stands for. */
    public static Optional<Domain> ofLabel(String label) {
        for (Domain domain : values()) {
            if (domain.label.equals(label)) {
                return Optional.of(domain);
            }
        }
        return Optional.empty();
    }
}
