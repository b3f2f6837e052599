// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.doctor;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;

/** Looks at everything a zone depends on; changes nothing. */
public final class Doctor {
    private final ZoneFolder folder;
    private final String searchPath;
    private final Instant now;

    public Doctor(ZoneFolder folder, String searchPath, Instant now) {
        this.folder = folder;
        this.searchPath = searchPath;
        this.now = now;
    }

    public List<Finding> examine() throws IOException {
        List<Finding> findings = new ArrayList<>(MachineChecks.all(folder.root(), searchPath));
        findings.add(MachineChecks.optional(searchPath));
        try {
            Optional<ZoneRecord> zone = JsonFile.read(folder.zoneJson(), ZoneRecord.class);
            if (zone.isPresent()) {
                findings.addAll(new ZoneFindings(folder, now).all(zone.get()));
            } else {
                findings.add(Finding.good("zone", "none in " + folder.root() + " yet: statemesh up"));
            }
        } catch (StateMeshException e) {
            findings.add(Finding.bad("zone", e.sentence(), String.join("; ", e.next())));
        }
        return findings;
    }
}
