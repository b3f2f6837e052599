// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ReleaseState;
import net.statemesh.api.application.ReleaseStatus;

/**
 * One release as people see it.
 *
 * @param changes against the release before it; empty for the oldest that is kept
 * @param by who made it; {@code -} when the cluster does not tell
 */
record ReleaseView(
        long number, ReleaseStatus status, ApplicationSpec template, List<String> changes, String by, String created) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Newest first. */
    static List<ReleaseView> all(List<JsonNode> objects) {
        List<JsonNode> sorted = objects.stream()
                .sorted(Comparator.comparingLong(ReleaseView::numberOf))
                .toList();
        List<ReleaseView> views = new ArrayList<>();
        Optional<JsonNode> before = Optional.empty();
        for (JsonNode object : sorted) {
            JsonNode template = Statuses.tree(Statuses.template(object));
            views.addFirst(new ReleaseView(
                    numberOf(object),
                    Statuses.releaseStatus(object),
                    Statuses.template(object),
                    before.map(earlier ->
                                    Plan.between(Optional.of(earlier), template).changes())
                            .orElse(List.of()),
                    object.at("/spec/changedBy").asText("-"),
                    object.at("/metadata/creationTimestamp").asText()));
            before = Optional.of(template);
        }
        return List.copyOf(views);
    }

    private static long numberOf(JsonNode release) {
        return release.at("/spec/number").asLong();
    }

    boolean served() {
        return status.servedAt() != null;
    }

    String image() {
        return template.containers().getFirst().image();
    }

    /** {@code RolledBack: CrashLooping}. */
    String state() {
        String state = Words.of(status.state());
        return status.state() == ReleaseState.ROLLED_BACK && status.failure() != null
                ? state + ": " + status.failure().reason()
                : state;
    }

    /** The first change, and how many more. */
    String changed() {
        if (changes.isEmpty()) {
            return "-";
        }
        String more = changes.size() == 1 ? "" : " +" + (changes.size() - 1);
        return changes.getFirst() + more;
    }

    ObjectNode document() {
        ObjectNode document = JSON.createObjectNode();
        document.put("number", number)
                .put("state", Words.of(status.state()))
                .put("image", image())
                .put("by", by)
                .put("created", created);
        if (status.servedAt() != null) {
            document.put("served", status.servedAt());
        }
        document.set("changes", JSON.valueToTree(changes));
        if (status.failure() != null) {
            document.set("failure", JSON.valueToTree(status.failure()));
        }
        document.set("spec", Statuses.tree(template));
        return document;
    }
}
