// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Changes as they come. */
public final class Watch implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InputStream in;
    private final MappingIterator<JsonNode> events;

    /**
     * One change.
     *
     * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or {@code ERROR}
     */
    public record Event(String type, JsonNode object) {}

    Watch(InputStream in) {
        this.in = in;
        try {
            this.events = JSON.readerFor(JsonNode.class).readValues(in);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read before the first event", e);
        }
    }

    /** Waits for the next change; empty when the stream ended, which servers do now and then. */
    public Optional<Event> next() {
        try {
            if (!events.hasNextValue()) {
                return Optional.empty();
            }
            JsonNode event = events.nextValue();
            return Optional.of(new Event(event.path("type").asText(), event.path("object")));
        } catch (IOException e) {
            return Optional.empty(); // cut off: the caller lists again
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // nothing more is read from it
        }
    }
}
