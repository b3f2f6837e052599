// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a container's health is asked: exactly one of {@code http}, {@code tcp} and {@code exec}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProbeSpec(
        @JsonPropertyDescription("Healthy when a GET answers 200 to 399.") @Nullable
        HttpProbe http,

        @JsonPropertyDescription("Healthy when the port accepts a connection.") @Nullable
        TcpProbe tcp,

        @JsonPropertyDescription("Healthy when the command exits with 0.") @Nullable
        ExecProbe exec,

        @Min(0) @Max(MAX_SECONDS) @Default("0") Integer initialDelaySeconds,
        @Min(1) @Max(MAX_SECONDS) @Default("10") Integer periodSeconds,
        @Min(1) @Max(MAX_SECONDS) @Default("1") Integer timeoutSeconds,
        @Min(1) @Max(100) @Default("1") Integer successThreshold,
        @Min(1) @Max(100) @Default("3") Integer failureThreshold) {
    public static final int MAX_SECONDS = 3600;

    public ProbeSpec {
        initialDelaySeconds = Absent.or(initialDelaySeconds, 0);
        periodSeconds = Absent.or(periodSeconds, 10);
        timeoutSeconds = Absent.or(timeoutSeconds, 1);
        successThreshold = Absent.or(successThreshold, 1);
        failureThreshold = Absent.or(failureThreshold, 3);
    }

    public static ProbeSpec http(String path, int port, int periodSeconds) {
        return new ProbeSpec(new HttpProbe(path, port, Scheme.HTTP), null, null, 0, periodSeconds, 1, 1, 3);
    }

    public static ProbeSpec tcp(int port, int periodSeconds) {
        return new ProbeSpec(null, new TcpProbe(port), null, 0, periodSeconds, 1, 1, 3);
    }

    /** A GET of {@code path} at {@code port}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record HttpProbe(
            @Size(min = 1, max = 2048) @Default("/") String path,

            @Required @Min(1) @Max(65535) Integer port,

            @Default("HTTP") Scheme scheme) {
        public HttpProbe {
            path = Absent.or(path, "/");
            scheme = Absent.or(scheme, Scheme.HTTP);
        }
    }

    /** A TCP connection to {@code port}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record TcpProbe(@Required @Min(1) @Max(65535) Integer port) {}

    /** A command inside the container. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ExecProbe(
            @Required @Size(min = 1, max = 64) List<String> command) {
        public ExecProbe {
            command = Absent.list(command);
        }
    }

    /** Whether the GET goes over TLS (the certificate is not checked). */
    public enum Scheme {
        HTTP,
        HTTPS
    }
}
