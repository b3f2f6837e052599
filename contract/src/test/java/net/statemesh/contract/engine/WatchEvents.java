// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The events of one watch, in the order in which they came. */
public final class WatchEvents implements AutoCloseable {
    /** What comes last, when the server has ended the watch. */
    public static final String END = "END";

    private static final int PATIENCE_SECONDS = 60;

    private final HttpResponse<InputStream> response;
    private final Engine.Calm calm;
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

    WatchEvents(HttpResponse<InputStream> response, Engine.Calm calm) {
        this.response = response;
        this.calm = calm;
    }

    public int code() {
        return response.statusCode();
    }

    /** Starts to read; without it the server sees a client that is slow. */
    public WatchEvents reading() {
        Thread.ofVirtual().start(this::read);
        return this;
    }

    /** The next event; its {@code type} is {@link #END} when there is none any more. */
    public JsonNode next() {
        try {
            JsonNode event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event within " + PATIENCE_SECONDS + " s");
            }
            return event;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next event as {@code TYPE name}. */
    public String line() {
        JsonNode event = next();
        return event.path("type").asText() + " "
                + event.at("/object/metadata/name").asText();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(Trees.json(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            // the end, as far as a client can tell
        }
        events.add(Trees.yaml("{type: END}"));
    }

    @Override
    public void close() throws IOException {
        calm.close();
        response.body().close();
    }
}
