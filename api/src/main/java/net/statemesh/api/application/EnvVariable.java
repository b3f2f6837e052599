// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * An environment variable: a value, or a key of a Secret in the same project; never both.
 *
 * @param value text in which {@code $(INGRESS_DOMAIN)} becomes the application's generated host
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EnvVariable(
        @Required @Size(min = 1, max = 253) @Pattern("^[-._a-zA-Z][-._a-zA-Z0-9]*$")
        String name,

        @JsonPropertyDescription("Text; $(INGRESS_DOMAIN) becomes the generated host of the application.") @Nullable
        String value,

        @JsonPropertyDescription("Takes the value from a Secret of the project instead.") @Nullable
        SecretKey secret) {
    /** Replaced in values by the generated host; also set in every container. */
    public static final String INGRESS_DOMAIN = "INGRESS_DOMAIN";

    public static EnvVariable of(String name, String value) {
        return new EnvVariable(name, value, null);
    }

    /** One key of a Secret. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SecretKey(@Required String name, @Required String key) {}
}
