// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * One accepted spec of an application, kept as it was.
 *
 * @param application name
 * @param number 1, 2, 3, … within the application
 * @param generation of the application at that moment
 * @param revision hash of the part that concerns pods
 * @param changedBy who changed it, as far as the cluster tells; absent when it does not
 * @param template the whole spec; {@code replicas} and {@code stopped} are not part of a release
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleaseSpec(
        @Required String application,
        @Required Long number,
        Long generation,
        @Required String revision,
        @Nullable String changedBy,
        @Required ApplicationSpec template) {
    public ReleaseSpec {
        generation = Absent.or(generation, 0L);
    }
}
