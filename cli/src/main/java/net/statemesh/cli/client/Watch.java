// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes as they come. */
public final class Watch implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InputStream in;
    private @Nullable MappingIterator<JsonNode> events;

    /**
     * One change.
     *
     * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or {@code ERROR}
     */
    public record Event(String type, JsonNode object) {}

    Watch(InputStream in) {
        this.in = in;
    }

    /** Waits for the next change; empty when the stream ended, which servers do now and then. */
    public Optional<Event> next() {
        try {
            MappingIterator<JsonNode> started = started();
            if (!started.hasNextValue()) {
                return Optional.empty();
            }
            JsonNode event = started.nextValue();
            return Optional.of(new Event(event.path("type").asText(), event.path("object")));
        } catch (IOException e) {
            return Optional.empty(); // cut off: the caller lists again
        }
    }

    /** The parser waits for the first bytes when it is made, so it is made by whoever waits for them anyway. */
    private MappingIterator<JsonNode> started() throws IOException {
        MappingIterator<JsonNode> started = events;
        if (started == null) {
            started = JSON.readerFor(JsonNode.class).readValues(in);
            events = started;
        }
        return started;
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
