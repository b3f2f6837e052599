// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a release is not served.
 *
 * @param release number of the release
 * @param generation of the application whose spec it is
 * @param rolledBackTo number of the release that took over; absent while it may still come to serve
 * @param reason one of {@link net.statemesh.api.Reason}
 * @param replica pod that showed it; absent where none did
 * @param logLines what its container printed last, oldest first
 * @param actor who judged
 * @param time RFC 3339, UTC: when it was first seen
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleaseFailure(
        @Required Long release,
        Long generation,
        @Nullable Long rolledBackTo,
        @Required String reason,
        @Required String message,
        @Nullable String replica,
        @Size(max = MAX_LOG_LINES) List<String> logLines,
        @Nullable String actor,
        @Nullable String time) {
    /** Of the output that is kept. */
    public static final int MAX_LOG_LINES = 20;
    /** Of one line that is kept. */
    public static final int MAX_LOG_LINE_LENGTH = 512;

    public ReleaseFailure {
        generation = Absent.or(generation, 0L);
        logLines = Absent.list(logLines);
    }

    /** The same with what its container printed. */
    public ReleaseFailure withLogLines(List<String> lines) {
        return new ReleaseFailure(release, generation, rolledBackTo, reason, message, replica, lines, actor, time);
    }

    /** The same, ended by {@code actor} in favour of release {@code to}. */
    public ReleaseFailure rolledBack(long to) {
        return new ReleaseFailure(release, generation, to, reason, message, replica, logLines, actor, time);
    }
}
