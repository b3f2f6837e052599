// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A port that a container listens on, 1..65535. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PortSpec(
        @Size(min = 1, max = 15) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") @Nullable
        String name,

        @Required @Min(1) @Max(65535) Integer port,

        @Default("TCP") Protocol protocol) {
    public PortSpec {
        protocol = Absent.or(protocol, Protocol.TCP);
    }

    public static PortSpec tcp(int port) {
        return new PortSpec(null, port, Protocol.TCP);
    }

    /** Transport protocol. */
    public enum Protocol {
        TCP,
        UDP
    }
}
