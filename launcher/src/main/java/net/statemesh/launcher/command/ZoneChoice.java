// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.nio.file.Path;
import net.statemesh.cli.Session;
import net.statemesh.cli.ZoneContext;
import net.statemesh.launcher.folder.ZoneFolder;
import org.jspecify.annotations.Nullable;

/** Which zone a command of the launcher is about. */
final class ZoneChoice {
    static final String DEFAULT_ZONE = "local-1";

    private ZoneChoice() {}

    /** A zone to start: the one named, else the chosen one, else the default one. */
    static ZoneFolder toStart(Session session, @Nullable String zone) {
        boolean byFolder = session.options().data() != null
                || session.environment().variables().containsKey(ZoneContext.DATA_VARIABLE);
        if (zone != null && !byFolder) {
            return standard(session, zone);
        }
        return session.context()
                .data()
                .map(chosen -> new ZoneFolder(Path.of(chosen.value())))
                .orElseGet(() -> standard(session, DEFAULT_ZONE));
    }

    /** A zone that exists: the chosen one, else the default one. */
    static ZoneFolder existing(Session session) {
        return toStart(session, null);
    }

    private static ZoneFolder standard(Session session, String zone) {
        return new ZoneFolder(session.environment().home().resolve(".statemesh").resolve(zone));
    }
}
