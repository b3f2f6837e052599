// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;

/** What a project's pods have reserved now. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProjectUsage(Quantity cpu, Quantity memory, Integer pods, Integer applications) {}
