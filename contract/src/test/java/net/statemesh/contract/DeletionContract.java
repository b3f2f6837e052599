// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.Test;

/** Deletion: preconditions, finalizers, dependants, namespaces. */
abstract class DeletionContract extends Contract {
    private static final String OWNED =
            "{metadata: {name: %s, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: %s, uid: %s,"
                    + " blockOwnerDeletion: %s}]}}";

    DeletionContract(Supplier<Engine> engine) {
        super(engine);
    }

    @Test
    void deletedObjectIsGone() {
        String uid = createMap("a").uid();
        Answer deleted = admin.delete(maps + "/a").succeeded();
        assertThat(deleted.text("/kind")).isEqualTo("Status");
        assertThat(deleted.text("/status")).isEqualTo("Success");
        assertThat(deleted.text("/details/uid")).isEqualTo(uid);
        admin.get(maps + "/a").refused(404, "NotFound").saying("configmaps \"a\" not found");
        admin.delete(maps + "/a").refused(404, "NotFound");
    }

    @Test
    void onlyTheObjectThatWasMeantIsDeleted() {
        Answer created = createMap("a");
        Answer uid = admin.delete(maps + "/a", "{preconditions: {uid: of-somebody-else}}")
                .refused(409, "Conflict");
        assertThat(uid.message())
                .contains("the UID in the precondition (of-somebody-else) does not match the UID in record (");
        admin.merge(maps + "/a", "{data: {k: w}}").succeeded();
        admin.delete(maps + "/a", "{preconditions: {resourceVersion: '%s'}}", created.resourceVersion())
                .refused(409, "Conflict");
        assertThat(admin.get(maps + "/a").code()).isEqualTo(200);
        admin.delete(maps + "/a", "{preconditions: {uid: %s}}", created.uid()).succeeded();
        admin.get(maps + "/a").refused(404, "NotFound");
    }

    @Test
    void finalizerKeepsAnObjectUntilItIsRemoved() {
        admin.create(maps, "{metadata: {name: a, finalizers: [x.example/hold]}}")
                .succeeded();
        Answer ending = admin.delete(maps + "/a").succeeded();
        assertThat(ending.text("/metadata/deletionTimestamp")).isNotEmpty();
        assertThat(admin.get(maps + "/a").text("/metadata/deletionGracePeriodSeconds"))
                .isEqualTo("0");
        admin.delete(maps + "/a").succeeded();
        assertThat(admin.get(maps + "/a").code()).isEqualTo(200);
        Answer added = admin.merge(maps + "/a", "{metadata: {finalizers: [x.example/hold, x.example/more]}}")
                .refused(422, "Invalid");
        assertThat(added.fields()).containsOnly("metadata.finalizers");
        admin.merge(maps + "/a", "{data: {still: changeable}}").succeeded();
        admin.merge(maps + "/a", "{metadata: {finalizers: []}}").succeeded();
        admin.get(maps + "/a").refused(404, "NotFound");
    }

    @Test
    void deletionTimestampCannotBeTakenBack() {
        admin.create(maps, "{metadata: {name: a, finalizers: [x.example/hold]}}")
                .succeeded();
        admin.delete(maps + "/a").succeeded();
        Answer back = admin.merge(maps + "/a", "{metadata: {deletionTimestamp: null}}")
                .succeeded();
        assertThat(back.text("/metadata/deletionTimestamp")).isNotEmpty();
        admin.merge(maps + "/a", "{metadata: {finalizers: null}}").succeeded();
    }

    @Test
    void dependantsFollowTheirOwner() {
        String owner = createMap("owner").uid();
        admin.create(maps, OWNED, "dependant", "owner", owner, "false").succeeded();
        admin.delete(maps + "/owner", "{propagationPolicy: Background}").succeeded();
        assertThat(admin.get(maps + "/owner").code()).isEqualTo(404);
        awaitGone(maps + "/dependant");
    }

    @Test
    void dependantOfTwoOwnersOutlivesTheFirst() {
        String first = createMap("first").uid();
        String second = createMap("second").uid();
        admin.create(
                        maps,
                        "{metadata: {name: both, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: first, uid: %s},"
                                + " {apiVersion: v1, kind: ConfigMap, name: second, uid: %s}]}}",
                        first,
                        second)
                .succeeded();
        admin.delete(maps + "/first").succeeded();
        await().until(() ->
                admin.get(maps + "/both").body().at("/metadata/ownerReferences").size() == 1);
        admin.delete(maps + "/second").succeeded();
        awaitGone(maps + "/both");
    }

    @Test
    void dependantOfAnOwnerThatNeverWasIsCollected() {
        admin.create(maps, OWNED, "stray", "nobody", "00000000-0000-4000-8000-000000000000", "false")
                .succeeded();
        awaitGone(maps + "/stray");
    }

    @Test
    void foregroundDeletionWaitsForBlockingDependants() {
        String owner = createMap("owner").uid();
        admin.create(maps, OWNED, "dependant", "owner", owner, "true").succeeded();
        admin.merge(maps + "/dependant", "{metadata: {finalizers: [x.example/hold]}}")
                .succeeded();
        admin.delete(maps + "/owner", "{propagationPolicy: Foreground}").succeeded();
        Answer waiting = admin.get(maps + "/owner").succeeded();
        assertThat(waiting.body().at("/metadata/finalizers").toString()).contains("foregroundDeletion");
        assertThat(waiting.text("/metadata/deletionTimestamp")).isNotEmpty();
        await().until(() -> !admin.get(maps + "/dependant")
                .text("/metadata/deletionTimestamp")
                .isEmpty());
        assertThat(admin.get(maps + "/owner").code()).isEqualTo(200);
        admin.merge(maps + "/dependant", "{metadata: {finalizers: null}}").succeeded();
        awaitGone(maps + "/owner");
        awaitGone(maps + "/dependant");
    }

    @Test
    void orphansStay() {
        String owner = createMap("owner").uid();
        admin.create(maps, OWNED, "dependant", "owner", owner, "true").succeeded();
        admin.delete(maps + "/owner", "{propagationPolicy: Orphan}").succeeded();
        awaitGone(maps + "/owner");
        Answer orphan = admin.get(maps + "/dependant").succeeded();
        assertThat(orphan.body().path("metadata").has("ownerReferences")).isFalse();
    }

    @Test
    void unknownPropagationIsRefused() {
        createMap("a");
        admin.delete(maps + "/a", "{propagationPolicy: Sideways}").refused(422, "Invalid");
        assertThat(admin.get(maps + "/a").code()).isEqualTo(200);
    }

    @Test
    void ownerReferenceMustBeWhole() {
        Answer refused = admin.create(
                        maps, "{metadata: {name: a, ownerReferences: [{apiVersion: v1, kind: ConfigMap}]}}")
                .refused(422, "Invalid");
        assertThat(refused.fields())
                .containsExactlyInAnyOrder("metadata.ownerReferences.name", "metadata.ownerReferences.uid");
    }

    @Test
    void namespaceTakesItsContentWithItAndRefusesNewOne() {
        admin.create(maps, "{metadata: {name: held, finalizers: [x.example/hold]}}")
                .succeeded();
        createMap("free");
        String path = "/api/v1/namespaces/" + namespace;
        assertThat(admin.get(path).text("/status/phase")).isEqualTo("Active");
        Answer ending = admin.delete(path).succeeded();
        assertThat(ending.text("/status/phase")).isEqualTo("Terminating");
        Answer refused = admin.create(maps, MAP, "late", "v").refused(403, "Forbidden");
        refused.saying("configmaps \"late\" is forbidden: unable to create new content in namespace " + namespace
                + " because it is being terminated");
        assertThat(refused.text("/details/causes/0/reason")).isEqualTo("NamespaceTerminating");
        awaitGone(maps + "/free");
        assertThat(admin.get(path).text("/status/phase")).isEqualTo("Terminating");
        admin.merge(maps + "/held", "{metadata: {finalizers: null}}").succeeded();
        awaitGone(path);
        assertThat(admin.get(maps).names()).isEmpty();
    }

    @Test
    void namespaceSaysWhatItWaitsFor() {
        admin.create(maps, "{metadata: {name: held, finalizers: [x.example/hold]}}")
                .succeeded();
        String path = "/api/v1/namespaces/" + namespace;
        admin.delete(path).succeeded();
        await().until(() -> admin.get(path)
                .body()
                .at("/status/conditions")
                .valueStream()
                .anyMatch(condition -> condition.path("type").asText().equals("NamespaceFinalizersRemaining")
                        && condition.path("status").asText().equals("True")
                        && condition.path("message").asText().contains("x.example/hold")));
        admin.merge(maps + "/held", "{metadata: {finalizers: null}}").succeeded();
        awaitGone(path);
    }
}
