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
import org.jspecify.annotations.Nullable;

/**
 * How requests from outside reach a port of the application.
 *
 * @param host absent: the generated host; else a name below the zone that no other project has
 * @param port one of the TCP ports that the containers declare
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Entrypoint(
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
        @JsonPropertyDescription("Absent: the generated host.")
        @Nullable
        String host,

        @Size(min = 1, max = 1024) @Pattern("^/") @Default("/")
        String path,

        @Default("Prefix") PathType pathType,

        @Required @Min(1) @Max(65535) @JsonPropertyDescription("A TCP port that a container declares.")
        Integer port) {
    public Entrypoint {
        path = Absent.or(path, "/");
        pathType = Absent.or(pathType, PathType.PREFIX);
    }

    /** Everything under the generated host. */
    public static Entrypoint toPort(int port) {
        return new Entrypoint(null, "/", PathType.PREFIX, port);
    }

    /** Whether requests for this path come here, when no other entrypoint fits better. */
    boolean covers(String requestPath) {
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return requestPath.equals(path)
                || (pathType == PathType.PREFIX
                        && (requestPath.equals(prefix) || requestPath.startsWith(prefix + "/")));
    }

    /** How {@code path} is compared with the path of a request. */
    public enum PathType {
        /** The same path, character by character. */
        @JsonProperty("Exact")
        EXACT,
        /** The same path or one below it, element by element. */
        @JsonProperty("Prefix")
        PREFIX
    }
}
