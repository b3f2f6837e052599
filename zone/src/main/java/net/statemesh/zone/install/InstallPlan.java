// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.api.FieldManagers;
import net.statemesh.zone.install.Change.Action;

/** Compares what a zone needs with what a server has, by asking the server what each object would become; changes nothing. */
final class InstallPlan {
    /** How deep a difference is named: {@code data.domain}, {@code spec.versions}. */
    private static final int DEPTH = 2;

    private static final PatchContext REHEARSAL = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManagers.INSTALL)
            .withForce(true)
            .withDryRun(List.of("All"))
            .build();

    private final KubernetesClient administrator;
    private final NamedObjects objects;
    private final Set<ObjectName> installed;

    InstallPlan(KubernetesClient administrator, Set<ObjectName> installed) {
        this.administrator = administrator;
        this.objects = new NamedObjects(administrator);
        this.installed = installed;
    }

    /** For an object that is kept as it is in {@code wanted}. */
    Change kept(HasMetadata wanted) {
        ObjectName name = ObjectName.of(wanted);
        HasMetadata present = objects.find(name);
        if (present == null) {
            return Change.of(Action.CREATE, name);
        }
        if (!installed.contains(name) && !isManaged(present)) {
            return Change.of(Action.REFUSE, name);
        }
        JsonNode before = content(present);
        JsonNode after = content(rehearse(name, wanted));
        List<String> fields = new ArrayList<>();
        differences("", before, after, DEPTH, fields);
        return new Change(fields.isEmpty() ? Action.KEEP : Action.CHANGE, name.spoken(), fields);
    }

    /** As the server answers it, field by field: a typed object would lose what its class does not know. */
    private HasMetadata rehearse(ObjectName name, HasMetadata wanted) {
        String body = administrator.getKubernetesSerialization().asJson(wanted);
        return objects.resource(name).orElseThrow().patch(REHEARSAL, body);
    }

    /** For an object that is made once, and then not the installation's any more. */
    Change seeded(HasMetadata wanted) {
        ObjectName name = ObjectName.of(wanted);
        return Change.of(objects.find(name) == null ? Action.CREATE : Action.KEEP, name);
    }

    /** An installation that ended before it could write its inventory has left its name on what it made. */
    private static boolean isManaged(HasMetadata present) {
        return present.getMetadata().getManagedFields() != null
                && present.getMetadata().getManagedFields().stream()
                        .anyMatch(entry -> FieldManagers.INSTALL.equals(entry.getManager()));
    }

    /** Without what the server alone writes. */
    private JsonNode content(HasMetadata object) {
        ObjectNode tree = administrator.getKubernetesSerialization().convertValue(object, ObjectNode.class);
        tree.remove("status");
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("managedFields", "resourceVersion", "generation", "selfLink"));
        }
        return tree;
    }

    private static void differences(String path, JsonNode before, JsonNode after, int depth, List<String> found) {
        if (before.equals(after)) {
            return;
        }
        if (depth == 0 || !before.isObject() || !after.isObject()) {
            found.add(path);
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        for (Iterator<String> each = after.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        names.forEach(name -> differences(
                path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name), depth - 1, found));
    }
}
