// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.Test;

/** Create and update: who wins, who is told so, and what the server itself writes into an object. */
abstract class WriteContract extends Contract {
    private static final int RIVALS = 8;

    WriteContract(Supplier<Engine> engine) {
        super(engine);
    }

    @Test
    void secondCreationOfANameConflicts() {
        createMap("twice");
        admin.create(maps, MAP, "twice", "other")
                .refused(409, "AlreadyExists")
                .saying("configmaps \"twice\" already exists");
        assertThat(admin.get(maps + "/twice").text("/data/k")).isEqualTo("v");
    }

    @Test
    void ofManyCreationsOfOneNameOneWins() throws Exception {
        List<Answer> answers = together(rival -> admin.create(maps, MAP, "race", "v" + rival));
        assertThat(answers.stream().map(Answer::code)).containsOnlyOnce(201).contains(409);
        Answer winner = answers.stream()
                .filter(answer -> answer.code() == 201)
                .findFirst()
                .orElseThrow();
        assertThat(admin.get(maps + "/race").body()).isEqualTo(winner.body());
    }

    @Test
    void ofManyUpdatesFromOneVersionOneWins() throws Exception {
        ObjectNode seen = (ObjectNode) createMap("contended").body();
        List<Answer> answers = together(rival -> {
            ObjectNode mine = seen.deepCopy();
            ((ObjectNode) mine.path("data")).put("k", "v" + rival);
            return admin.replace(maps + "/contended", mine);
        });
        assertThat(answers.stream().map(Answer::code)).containsOnlyOnce(200).contains(409);
    }

    @Test
    void staleUpdateConflicts() {
        JsonNode stale = createMap("locked").body();
        admin.replace(maps + "/locked", MAP, "locked", "newer").succeeded();
        admin.replace(maps + "/locked", stale)
                .refused(409, "Conflict")
                .saying(
                        "Operation cannot be fulfilled on configmaps \"locked\": the object has been modified; please apply"
                                + " your changes to the latest version and try again");
        assertThat(admin.get(maps + "/locked").text("/data/k")).isEqualTo("newer");
    }

    @Test
    void updateOfAnObjectThatWasMadeAnewConflicts() {
        String first = createMap("reborn").uid();
        admin.delete(maps + "/reborn").succeeded();
        createMap("reborn");
        Answer refused =
                admin.replace(maps + "/reborn", "{metadata: {name: reborn, uid: %s}, data: {k: of-the-dead}}", first);
        refused.refused(409, "Conflict");
        assertThat(refused.message()).contains("Precondition failed: UID in precondition: " + first);
    }

    @Test
    void leaseNeedsAResourceVersionToBeReplaced() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
        String lease = "{metadata: {name: leader}, spec: {holderIdentity: %s, leaseDurationSeconds: 10}}";
        admin.create(leases, lease, "a").succeeded();
        Answer refused = admin.replace(leases + "/leader", lease, "b").refused(422, "Invalid");
        assertThat(refused.fields()).containsExactly("metadata.resourceVersion");
        assertThat(admin.get(leases + "/leader").text("/spec/holderIdentity")).isEqualTo("a");
    }

    @Test
    void replacingWhatIsNotThereIsNotFound() {
        admin.replace(maps + "/absent", MAP, "absent", "v")
                .refused(404, "NotFound")
                .saying("configmaps \"absent\" not found");
    }

    @Test
    void creationInAMissingNamespaceIsNotFound() {
        admin.create(in("nowhere", "configmaps"), MAP, "a", "v")
                .refused(404, "NotFound")
                .saying("namespaces \"nowhere\" not found");
    }

    @Test
    void bodyAndUrlMustNameTheSameObject() {
        createMap("right");
        admin.replace(maps + "/right", MAP, "wrong", "v")
                .refused(400, "BadRequest")
                .saying("the name of the object (wrong) does not match the name on the URL (right)");
        admin.create(maps, "{metadata: {name: a, namespace: elsewhere}}")
                .refused(400, "BadRequest")
                .saying("the namespace of the provided object does not match the namespace sent on the request");
    }

    @Test
    void objectNeedsAName() {
        admin.create(maps, "{data: {k: v}}")
                .refused(422, "Invalid")
                .saying("ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required");
        Answer capital = admin.create(maps, MAP, "Capital", "v").refused(422, "Invalid");
        assertThat(capital.fields()).containsExactly("metadata.name");
    }

    @Test
    void generatedNamesDiffer() {
        String body = "{metadata: {generateName: some-}}";
        String first = admin.create(maps, body).succeeded().name();
        String second = admin.create(maps, body).succeeded().name();
        assertThat(first).matches("some-[bcdfghjklmnpqrstvwxz2456789]{5}").isNotEqualTo(second);
    }

    @Test
    void serverWritesTheIdentityOfAnObject() {
        Answer created = admin.create(
                        maps,
                        "{metadata: {name: own, uid: mine, creationTimestamp: '2001-01-01T00:00:00Z', selfLink: /here,"
                                + " deletionTimestamp: '2001-01-01T00:00:00Z', deletionGracePeriodSeconds: 5}}")
                .succeeded();
        assertThat(created.code()).isEqualTo(201);
        assertThat(created.uid()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(created.text("/metadata/creationTimestamp"))
                .matches("20[2-9]\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        for (String absent : List.of("selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "generation")) {
            assertThat(created.body().path("metadata").has(absent)).as(absent).isFalse();
        }
    }

    @Test
    void identityOfAnObjectStaysWhateverAnUpdateSays() {
        Answer created = createMap("constant");
        Answer updated = admin.merge(
                        maps + "/constant",
                        "{metadata: {creationTimestamp: '2001-01-01T00:00:00Z', generateName: x-}, data: {k: w}}")
                .succeeded();
        assertThat(updated.uid()).isEqualTo(created.uid());
        assertThat(updated.text("/metadata/creationTimestamp")).isEqualTo(created.text("/metadata/creationTimestamp"));
        assertThat(updated.revision()).isGreaterThan(created.revision());
    }

    @Test
    void updateThatChangesNothingKeepsTheResourceVersion() {
        Answer created = createMap("same");
        assertThat(admin.replace(maps + "/same", created.body()).succeeded().resourceVersion())
                .isEqualTo(created.resourceVersion());
        assertThat(admin.merge(maps + "/same", "{data: {k: v}}").succeeded().resourceVersion())
                .isEqualTo(created.resourceVersion());
    }

    @Test
    void dryRunChangesNothing() {
        Answer tried = admin.create(maps + "?dryRun=All", MAP, "trial", "v").succeeded();
        assertThat(tried.uid()).isNotEmpty();
        assertThat(admin.get(maps + "/trial").code()).isEqualTo(404);
        createMap("real");
        assertThat(admin.merge(maps + "/real?dryRun=All", "{data: {k: w}}").text("/data/k"))
                .isEqualTo("w");
        admin.delete(maps + "/real?dryRun=All").succeeded();
        assertThat(admin.get(maps + "/real").text("/data/k")).isEqualTo("v");
        admin.create(maps + "?dryRun=Some", MAP, "trial", "v").refused(422, "Invalid");
    }

    @Test
    void immutableMapKeepsItsData() {
        admin.create(maps, "{metadata: {name: frozen}, immutable: true, data: {k: v}}")
                .succeeded();
        Answer refused = admin.merge(maps + "/frozen", "{data: {k: w}}").refused(422, "Invalid");
        assertThat(refused.message())
                .isEqualTo(
                        "ConfigMap \"frozen\" is invalid: data: Forbidden: field is immutable when `immutable` is set");
        admin.merge(maps + "/frozen", "{metadata: {labels: {a: b}}}").succeeded();
    }

    @Test
    void typeOfASecretIsImmutable() {
        String secrets = in(namespace, "secrets");
        admin.create(secrets, "{metadata: {name: s}, stringData: {a: text}}").succeeded();
        assertThat(admin.get(secrets + "/s").text("/data/a")).isEqualTo("dGV4dA==");
        assertThat(admin.get(secrets + "/s").text("/type")).isEqualTo("Opaque");
        Answer refused =
                admin.merge(secrets + "/s", "{type: example.com/other}").refused(422, "Invalid");
        assertThat(refused.fields()).containsExactly("type");
    }

    @Test
    void malformedBodiesAreBadRequests() {
        assertThat(admin.create(maps, "{metadata: [1]}").code()).isEqualTo(400);
        assertThat(admin.create(maps, "{kind: Secret, apiVersion: v1, metadata: {name: a}}")
                        .code())
                .isEqualTo(400);
        assertThat(admin.create(maps, "{metadata: {name: a}, data: {k: 1}}").code())
                .isEqualTo(400);
    }

    @Test
    void labelsAndAnnotationsAreChecked() {
        Answer labels = admin.create(maps, "{metadata: {name: a, labels: {'bad key': v, good: 'bad value'}}}")
                .refused(422, "Invalid");
        assertThat(labels.fields()).containsOnly("metadata.labels");
        Answer annotations = admin.create(maps, "{metadata: {name: a, annotations: {'bad key': v}}}")
                .refused(422, "Invalid");
        assertThat(annotations.fields()).containsOnly("metadata.annotations");
    }

    @Test
    void unknownResourcesAreNotFound() {
        assertThat(admin.get("/api/v1/gadgets").code()).isEqualTo(404);
        assertThat(admin.get("/apis/nobody.example/v1/gadgets").code()).isEqualTo(404);
        assertThat(admin.call("POST", maps + "/a", "application/json", null).code())
                .isEqualTo(405);
    }

    private interface Rival {
        Answer write(int number);
    }

    private static List<Answer> together(Rival rival) throws InterruptedException, ExecutionException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> writes = IntStream.range(0, RIVALS)
                    .<Callable<Answer>>mapToObj(number -> () -> rival.write(number))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : executor.invokeAll(writes)) {
                answers.add(each.get());
            }
            return answers;
        }
    }
}
