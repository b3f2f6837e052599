// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.Body;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.schema.Schema;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.status.Cause;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;
import net.statemesh.kube.embedded.view.Presenter;
import net.statemesh.kube.embedded.watch.Watches;

/** Answers authorised requests on stored resources. */
public final class ResourceService {
    private static final Set<String> CONTENDED = Set.of(
            "leases.coordination.k8s.io",
            "endpointslices.discovery.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io");

    private final ObjectStore store;
    private final Reader reader;
    private final Intake intake;
    private final Creator creator;
    private final Updater updater;
    private final Deleter deleter;
    private final Guard guard;
    private final Patcher patcher;
    private final Watches watches;
    private final InstantSource clock;
    private final Map<String, Subresource> subresources = new ConcurrentHashMap<>();
    private Consumer<ObjectNode> created = object -> {};

    /** Answers requests on {@code .../NAME/SUBRESOURCE}. */
    @FunctionalInterface
    public interface Subresource {
        void serve(ResourceCall call);
    }

    /** Deletes the object that a call names. */
    @FunctionalInterface
    public interface Deletion {
        void delete(ResourceCall call, JsonNode options);
    }

    public ResourceService(
            ObjectWriter writer,
            Validation validation,
            Admission admission,
            Guard guard,
            Watches watches,
            Deleter deleter,
            Schema objectMeta,
            InstantSource clock) {
        this.store = writer.store();
        this.reader = new Reader(store, new ListSnapshots(clock));
        this.intake = new Intake(objectMeta);
        this.creator = new Creator(writer, validation, admission, guard, clock);
        this.updater = new Updater(writer, validation, guard, clock);
        this.patcher = new Patcher(store, intake, creator, updater, this::stored);
        this.deleter = deleter;
        this.guard = guard;
        this.watches = watches;
        this.clock = clock;
        register("scale", new ScaleSubresource(store, updater));
    }

    /** Adds a subresource by {@code PLURAL/SUBRESOURCE}, or by {@code SUBRESOURCE} alone for every kind that has it. */
    public void register(String path, Subresource subresource) {
        subresources.put(path, subresource);
    }

    /** Deletes the object that a call names, with options from a body. */
    public void delete(ResourceCall call, JsonNode options) {
        guardDeletion(call, call.key());
        deleter.delete(call.type(), call.key(), DeleteOptions.of(options, call.http()), call.dryRun());
    }

    /** Is told of every object that a client has created, before the client is. */
    public void afterCreate(Consumer<ObjectNode> action) {
        created = action;
    }

    public void serve(ResourceCall call) {
        String subresource = call.path().subresource();
        if (!subresource.isEmpty() && !subresource.equals("status")) {
            Subresource special =
                    subresources.getOrDefault(call.type().plural() + "/" + subresource, subresources.get(subresource));
            if (special == null) {
                throw ApiException.noSuchPath();
            }
            special.serve(call);
            return;
        }
        Presenter presenter = new Presenter(call, clock);
        switch (call.verb()) {
            case GET -> reader.get(call, presenter);
            case LIST -> reader.list(call, presenter);
            case WATCH -> watch(call, presenter);
            case CREATE -> create(call, presenter);
            case UPDATE -> update(call, presenter);
            case PATCH -> patcher.patch(call, presenter);
            case DELETE -> delete(call, presenter);
            case DELETECOLLECTION -> deleteCollection(call, presenter);
        }
    }

    private void watch(ResourceCall call, Presenter presenter) {
        String version = call.http().parameter("resourceVersion");
        boolean initial = call.http().flag("sendInitialEvents");
        String match = call.http().parameter("resourceVersionMatch");
        if (initial && !match.equals("NotOlderThan")) {
            throw ApiException.badRequest(
                    "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to"
                            + " NotOlderThan");
        }
        long revision = Numbers.parameter(call.http(), "resourceVersion");
        if (revision > store.revision()) {
            throw ApiException.of(
                    504, "Timeout", "Too large resource version: " + revision + ", current: " + store.revision());
        }
        boolean fromPresent = version.isEmpty() || version.equals("0") || initial;
        Predicate<StoredObject> selection = Reader.selection(call);
        watches.start(
                call,
                presenter,
                selection,
                fromPresent ? -1 : revision,
                Numbers.parameter(call.http(), "timeoutSeconds"));
    }

    private void create(ResourceCall call, Presenter presenter) {
        if (!call.path().name().isEmpty()) {
            throw ApiException.methodNotAllowed();
        }
        if (call.type().namespaced() && call.namespace().isEmpty()) {
            throw ApiException.badRequest("an empty namespace may not be set during creation");
        }
        ObjectNode tree = intake.accept(call, Body.object(call.http()));
        call.exchange().json(201, presenter.present(stored(call, creator.create(call, tree))));
    }

    private ObjectNode stored(ResourceCall call, ObjectNode object) {
        if (!call.dryRun()) {
            created.accept(object);
        }
        return object;
    }

    private void update(ResourceCall call, Presenter presenter) {
        ObjectNode sent = intake.accept(call, Body.object(call.http()));
        String name = Meta.name(sent);
        if (name.isEmpty()) {
            Meta.of(sent).put("name", call.path().name());
        } else if (!name.equals(call.path().name())) {
            throw ApiException.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                    + call.path().name() + ")");
        }
        if (versioned(call.type()) && Meta.resourceVersion(sent).isEmpty() && store.get(call.key()) != null) {
            throw ApiException.invalid(
                    call.type().group(),
                    call.type().kind(),
                    call.path().name(),
                    List.of(Cause.invalid("metadata.resourceVersion", "0x0", "must be specified for an update")));
        }
        call.exchange().json(200, presenter.present(updater.update(call, before -> sent.deepCopy())));
    }

    /** Kinds that nobody replaces without saying which version was seen. */
    private static boolean versioned(ResourceType type) {
        return type.isCustom() || CONTENDED.contains(type.id());
    }

    private void delete(ResourceCall call, Presenter presenter) {
        if (!call.path().subresource().isEmpty()) {
            throw ApiException.methodNotAllowed();
        }
        guardDeletion(call, call.key());
        Deleter.Outcome outcome = deleter.delete(call.type(), call.key(), DeleteOptions.of(call.http()), call.dryRun());
        boolean shown = !outcome.gone() || call.type().id().equals("pods");
        call.exchange().json(200, shown ? presenter.present(outcome.object()) : success(call, outcome.object()));
    }

    private void deleteCollection(ResourceCall call, Presenter presenter) {
        DeleteOptions options = DeleteOptions.of(call.http());
        Predicate<StoredObject> selection = Reader.selection(call);
        var listing = store.list(call.type().id(), call.namespace());
        var selected = listing.objects().stream().filter(selection).toList();
        selected.forEach(each -> guardDeletion(call, each.key()));
        for (StoredObject each : selected) {
            deleteIfThere(call, each.key(), options);
        }
        ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(store.revision()));
        call.exchange().send(200, "application/json", presenter.list(selected, metadata));
    }

    private void guardDeletion(ResourceCall call, ObjectKey key) {
        StoredObject seen = store.get(key);
        if (seen != null) {
            guard.check(call, seen.tree(), null);
        }
    }

    private void deleteIfThere(ResourceCall call, ObjectKey key, DeleteOptions options) {
        try {
            deleter.delete(call.type(), key, options, call.dryRun());
        } catch (ApiException e) {
            if (e.code() != 404) {
                throw e;
            }
        }
    }

    private static ObjectNode success(ResourceCall call, ObjectNode object) {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details").put("name", Meta.name(object));
        if (!call.type().group().isEmpty()) {
            details.put("group", call.type().group());
        }
        details.put("kind", call.type().plural()).put("uid", Meta.uid(object));
        return status;
    }
}
