// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.down;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.cgroup.ZoneCgroups;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.network.Underlay;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.ProcessTable;
import net.statemesh.launcher.supervisor.ComponentSpec;

/** Finds what belongs to a zone without trusting any record: by control group, environment and the alias of its bridge. */
public final class Leftovers {
    private Leftovers() {}

    /** Number of the zone: what the kernel knows comes first, zone.json may be damaged. */
    public static Optional<Integer> network(ZoneFolder folder) throws IOException {
        Optional<Integer> known = Underlay.existing(folder);
        return known.isPresent() ? known : readableZone(folder).map(ZoneRecord::network);
    }

    /** The zone as far as zone.json can be read. */
    public static Optional<ZoneRecord> readableZone(ZoneFolder folder) throws IOException {
        try {
            return JsonFile.read(folder.zoneJson(), ZoneRecord.class);
        } catch (StateMeshException e) {
            return Optional.empty();
        }
    }

    /** Every process of the zone, its customers' included. */
    public static List<ProcessIdentity> processes(ZoneFolder folder) throws IOException {
        String mark = ComponentSpec.ZONE_VARIABLE + "=" + folder.root();
        Optional<Integer> network = network(folder);
        List<Long> grouped = network.isPresent() ? new ZoneCgroups(network.get()).members() : List.of();
        List<ProcessIdentity> found = new ArrayList<>();
        for (long pid : ProcessTable.pids()) {
            if (grouped.contains(pid) || ProcessTable.hasEnvironment(pid, mark)) {
                ProcessTable.identify(pid).filter(ProcessTable::isAlive).ifPresent(found::add);
            }
        }
        return found;
    }
}
