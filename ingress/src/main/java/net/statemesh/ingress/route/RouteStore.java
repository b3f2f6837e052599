// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.identity.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last good routes on disk, so that a restarted router serves while the master is away: a file with all of them, and a
 * journal of what has changed since. Saving costs what has changed, not what there is: the whole is written anew only when the journal
 * has grown as large.
 */
public final class RouteStore {
    private static final Logger LOG = LoggerFactory.getLogger(RouteStore.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SMALL_JOURNAL_BYTES = 1 << 20;

    private final Path file;
    private final RouteJournal journal;
    private final LiveRoutes routes;
    private long savedChanges;
    private long wholeBytes;
    private boolean wantsWhole;

    /** @param file replaced as a whole; the journal stands beside it */
    public RouteStore(Path file, LiveRoutes routes) {
        this.file = file;
        this.journal = new RouteJournal(file.resolveSibling(file.getFileName() + ".journal"));
        this.routes = routes;
    }

    /** Puts the saved routes in use; what is damaged is named in the log and left alone until the next save. */
    public synchronized void restore() {
        if (!Files.exists(file)) {
            wantsWhole = true;
            return;
        }
        try {
            apply(JSON.readValue(file.toFile(), SavedRoutes.class));
            wholeBytes = Files.size(file);
            for (SavedRoutes change : journal.read()) {
                apply(change);
            }
            LOG.info(
                    "event=routes-restored hosts={} file={}",
                    routes.get().table().size(),
                    file);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("event=routes-not-restored file={} cause=\"{}\"", file, e.toString());
            wantsWhole = true;
        }
        routes.takeUnsaved();
        savedChanges = routes.changes();
    }

    private void apply(SavedRoutes saved) {
        routes.apply(saved.zone(), saved.applications(), saved.removed());
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
        boolean whole = wantsWhole
                || routes.isMostlyUnsaved()
                || journal.sizeBytes() > Math.max(wholeBytes, SMALL_JOURNAL_BYTES);
        // until it is known to be written, what is in the file may be less than what was taken for it
        wantsWhole = true;
        try {
            if (whole) {
                saveWhole();
            } else {
                journal.append(routes.takeUnsaved());
            }
            wantsWhole = false;
            savedChanges = changes;
        } catch (IOException | StateMeshException e) {
            LOG.error("event=routes-not-saved file={} cause=\"{}\"", file, e.toString());
        }
    }

    /** A journal that is left behind by a crash here repeats what the file has, and ends as it does. */
    private void saveWhole() throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(routes.saved());
        AtomicFile.write(file, bytes, AtomicFile.OWNER_ONLY);
        wholeBytes = bytes.length;
        journal.clear();
    }
}
