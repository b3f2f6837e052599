// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * The release that an application serves or rolls out.
 *
 * @param fallback number of the release that takes over if this one's replicas do not become ready; absent: none
 * @param failure why the newest release is not served; absent when all is well with it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CurrentRelease(
        @Required Long number,
        @Nullable Long fallback,
        @Nullable ReleaseFailure failure) {}
