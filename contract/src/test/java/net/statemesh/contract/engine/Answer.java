// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.assertj.core.api.Assertions;

/**
 * What an API server said.
 *
 * @param body as JSON; of another type, its text in the field {@code text}
 */
public record Answer(int code, JsonNode body) {
    public String message() {
        return text("/message");
    }

    public String reason() {
        return text("/reason");
    }

    /** @param pointer JSON pointer (RFC 6901) */
    public String text(String pointer) {
        return body.at(pointer).asText();
    }

    public String name() {
        return text("/metadata/name");
    }

    public String uid() {
        return text("/metadata/uid");
    }

    public String resourceVersion() {
        return text("/metadata/resourceVersion");
    }

    public long revision() {
        return Long.parseLong(resourceVersion());
    }

    public List<String> names() {
        return body.path("items")
                .valueStream()
                .map(item -> item.at("/metadata/name").asText())
                .toList();
    }

    /** Fields that a refusal names. */
    public List<String> fields() {
        return body.at("/details/causes")
                .valueStream()
                .map(cause -> cause.path("field").asText())
                .toList();
    }

    /** Itself, when the request succeeded. */
    public Answer succeeded() {
        Assertions.assertThat(code).as(body::toPrettyString).isBetween(200, 202);
        return this;
    }

    /** Itself, when it was refused so. */
    public Answer refused(int wantedCode, String wantedReason) {
        Assertions.assertThat(code).as(body::toPrettyString).isEqualTo(wantedCode);
        Assertions.assertThat(reason()).as(body::toPrettyString).isEqualTo(wantedReason);
        Assertions.assertThat(text("/kind")).isEqualTo("Status");
        Assertions.assertThat(text("/status")).isEqualTo("Failure");
        return this;
    }

    public Answer saying(String wantedMessage) {
        Assertions.assertThat(message()).isEqualTo(wantedMessage);
        return this;
    }
}
