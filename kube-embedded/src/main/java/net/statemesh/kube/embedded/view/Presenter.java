// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.store.Change;
import net.statemesh.kube.embedded.store.EventType;
import net.statemesh.kube.embedded.store.StoredObject;
import net.statemesh.kube.embedded.table.Table;

/** Turns objects of one resource into the bytes of an answer, in the version and form the client asked for. */
public final class Presenter {
    private final ResourceType type;
    private final Form form;
    private final Table table;
    private final InstantSource clock;

    public Presenter(ResourceCall call, InstantSource clock) {
        this.type = call.type();
        this.form = Form.of(call.http().header("Accept"));
        this.table = new Table(type, call.http().parameter("includeObject"));
        this.clock = clock;
    }

    /** A list; its metadata are resourceVersion, continue and remainingItemCount. */
    public byte[] list(List<StoredObject> objects, ObjectNode metadata) {
        if (form == Form.TABLE) {
            return Json.bytes(table.of(
                    objects.stream().map(each -> inVersion(each.tree())).toList(), metadata, clock.instant()));
        }
        boolean whole = form == Form.WHOLE;
        ObjectNode head = Json.object();
        head.put("kind", whole ? type.kind() + "List" : "PartialObjectMetadataList")
                .put("apiVersion", whole ? type.apiVersion() : "meta.k8s.io/v1");
        head.set("metadata", metadata);
        byte[] start = Json.bytes(head);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(start, 0, start.length - 1);
        out.writeBytes(",\"items\":[".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < objects.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(one(objects.get(i)));
        }
        out.writeBytes("]}\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    public byte[] one(StoredObject object) {
        return shares(object) ? object.json() : Json.bytes(present(object.tree()));
    }

    /** An object that is not (yet) stored, for example of a dry run. */
    public JsonNode present(ObjectNode tree) {
        return switch (form) {
            case WHOLE -> inVersion(tree);
            case METADATA -> Table.metadata(tree);
            case TABLE ->
                table.of(
                        List.of(inVersion(tree)),
                        Json.object().put("resourceVersion", Meta.resourceVersion(tree)),
                        clock.instant());
        };
    }

    /** One line of a watch response. */
    public byte[] frame(Change change, EventType event) {
        return shares(change.object())
                ? change.frame(event)
                : EventType.frame(event.name(), Json.bytes(present(change.shown(event))));
    }

    /** A synthetic ADDED line for an object that existed before the watch. */
    public byte[] added(StoredObject object) {
        return EventType.frame("ADDED", one(object));
    }

    private boolean shares(StoredObject object) {
        return form == Form.WHOLE
                && (!type.isCustom() || Json.text(object.tree(), "apiVersion").equals(type.apiVersion()));
    }

    private ObjectNode inVersion(ObjectNode tree) {
        if (Json.text(tree, "apiVersion").equals(type.apiVersion())) {
            return tree;
        }
        return tree.deepCopy().put("apiVersion", type.apiVersion());
    }
}
