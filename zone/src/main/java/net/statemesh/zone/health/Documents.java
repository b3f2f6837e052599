// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.api.health.HealthDocument;
import net.statemesh.health.master.Group;
import net.statemesh.health.protocol.Assignment;

/** Between what the protocol assigns and what nodes read. Pure. */
final class Documents {
    private Documents() {}

    static HealthDocument document(
            int number,
            HealthDocument.Peer master,
            Assignment assignment,
            List<Group> groups,
            List<HealthDocument.Peer> peers) {
        return new HealthDocument(
                number,
                master,
                assignment.version(),
                assignment.watchers(),
                assignment.watched().stream()
                        .map(watched -> new HealthDocument.Watched(watched.node(), watched.since()))
                        .toList(),
                groups.stream()
                        .map(group -> new HealthDocument.Group(group.version(), group.watchers()))
                        .toList(),
                peers);
    }

    static Assignment assignment(HealthDocument document) {
        return new Assignment(
                document.version(),
                document.watchers(),
                document.watched().stream()
                        .map(watched -> new Assignment.Watched(watched.node(), watched.since()))
                        .toList());
    }

    static List<Group> groups(HealthDocument document) {
        return document.groups().stream()
                .map(group -> new Group(group.version(), group.watchers()))
                .toList();
    }

    /** Those who watch, and those who are watched. */
    static Set<Integer> neighbours(Assignment assignment) {
        Set<Integer> neighbours = new LinkedHashSet<>(assignment.watchers());
        assignment.watched().forEach(watched -> neighbours.add(watched.node()));
        return neighbours;
    }
}
