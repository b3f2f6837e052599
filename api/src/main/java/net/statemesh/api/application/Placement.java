// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where replicas go beside each other and beside other applications of the project. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Placement(
        @Size(max = MAX_RULES) @JsonPropertyDescription("Spread the replicas evenly.")
        List<Spread> spread,

        @Size(max = MAX_RULES) @JsonPropertyDescription("Where replicas of these applications are.")
        List<Neighbour> near,

        @Size(max = MAX_RULES)
        @JsonPropertyDescription("Where replicas of these applications are not; its own name keeps its replicas apart.")
        List<Neighbour> apart,

        @JsonPropertyDescription("All replicas get a node at once, or none does.") @Nullable
        Gang gang) {
    public static final int MAX_RULES = 8;
    public static final int MAX_SKEW = 100;
    public static final Placement NONE = new Placement(List.of(), List.of(), List.of(), null);

    public Placement {
        spread = Absent.list(spread);
        near = Absent.list(near);
        apart = Absent.list(apart);
    }

    /** No domain has more than {@code maxSkew} replicas above the domain that has fewest. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spread(
            @Required Domain across,
            @Min(1) @Max(MAX_SKEW) @Default("1") Integer maxSkew,
            @Default("Preferred") Rule rule) {
        public Spread {
            maxSkew = Absent.or(maxSkew, 1);
            rule = Absent.or(rule, Rule.PREFERRED);
        }
    }

    /** Another application of the same project, in or not in the same domain. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Neighbour(
            @Required @Size(min = 1, max = 63) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
            String application,

            @Default("Node") Domain within,
            @Default("Required") Rule rule) {
        public Neighbour {
            within = Absent.or(within, Domain.NODE);
            rule = Absent.or(rule, Rule.REQUIRED);
        }
    }

    /** What is said about a gang that found no room for so long. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Gang(
            @Min(MIN_TIMEOUT_SECONDS)
            @Max(MAX_TIMEOUT_SECONDS)
            @Default("60")
            @JsonPropertyDescription("Seconds after which a gang that could not be placed is reported as timed out.")
            Integer timeoutSeconds) {
        public static final int MIN_TIMEOUT_SECONDS = 1;
        public static final int MAX_TIMEOUT_SECONDS = 86_400;
        public static final int DEFAULT_TIMEOUT_SECONDS = 60;

        public Gang {
            timeoutSeconds = Absent.or(timeoutSeconds, DEFAULT_TIMEOUT_SECONDS);
        }
    }

    /** What happens when no node satisfies a rule. */
    public enum Rule {
        /** The replica waits. */
        @JsonProperty("Required")
        REQUIRED,
        /** The replica goes where it is satisfied best. */
        @JsonProperty("Preferred")
        PREFERRED
    }
}
