// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.identity.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the last good routes on disk, so that a restarted router serves while the master is away. */
public final class RouteStore {
    private static final Logger LOG = LoggerFactory.getLogger(RouteStore.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final LiveRoutes routes;
    private long savedChanges;

    /** @param file replaced as a whole */
    public RouteStore(Path file, LiveRoutes routes) {
        this.file = file;
        this.routes = routes;
    }

    /** Puts the saved routes in use; a damaged file is named in the log and left alone until the next save. */
    public synchronized void restore() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            SavedRoutes saved = JSON.readValue(file.toFile(), SavedRoutes.class);
            routes.apply(saved.zone(), saved.applications(), List.of());
            LOG.info(
                    "event=routes-restored hosts={} file={}",
                    routes.get().table().size(),
                    file);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("event=routes-not-restored file={} cause=\"{}\"", file, e.toString());
        }
        savedChanges = routes.changes();
    }

    /** Whether {@link #save} would write. */
    public synchronized boolean isStale() {
        return routes.changes() != savedChanges;
    }

    /** Writes the routes when they have changed since the last time. */
    public synchronized void save() {
        long changes = routes.changes();
        if (changes == savedChanges) {
            return;
        }
        try {
            AtomicFile.write(file, JSON.writeValueAsBytes(routes.saved()), AtomicFile.OWNER_ONLY);
            savedChanges = changes;
        } catch (JacksonException | StateMeshException e) {
            LOG.error("event=routes-not-saved file={} cause=\"{}\"", file, e.toString());
        }
    }
}
