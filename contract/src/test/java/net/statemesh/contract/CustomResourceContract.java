// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.function.Supplier;
import net.statemesh.api.crd.Definitions;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.Engine;
import net.statemesh.contract.engine.Trees;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** StateMesh's own definitions: defaults, validation, pruning, status, scale, generation. */
abstract class CustomResourceContract extends Contract {
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String APPLICATION =
            "{apiVersion: statemesh.net/v1alpha1, kind: Application, metadata: {name: %s}, spec: {replicas: %s,"
                    + " containers: [{name: web, image: 'x:1'}]}}";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private String applications;

    CustomResourceContract(Supplier<Engine> engine) {
        super(engine);
    }

    @BeforeEach
    void defineResources() {
        KubernetesSerialization serialization = new KubernetesSerialization();
        Definitions.all().forEach(definition -> {
            String name = definition.getMetadata().getName();
            admin.call(
                            "PATCH",
                            DEFINITIONS + "/" + name + "?fieldManager=contract&force=true",
                            "application/apply-patch+yaml",
                            Trees.yaml(serialization.asYaml(definition)))
                    .succeeded();
            await().until(() -> isEstablished(admin.get(DEFINITIONS + "/" + name)));
        });
        applications = "/apis/statemesh.net/v1alpha1/namespaces/" + namespace + "/applications";
        await().until(() -> admin.get(applications).code() == 200);
    }

    private static boolean isEstablished(Answer definition) {
        return definition
                .body()
                .at("/status/conditions")
                .valueStream()
                .anyMatch(condition -> condition.path("type").asText().equals("Established")
                        && condition.path("status").asText().equals("True"));
    }

    @Test
    void schemaFillsInDefaults() {
        Answer created = admin.create(
                        applications,
                        "{apiVersion: statemesh.net/v1alpha1, kind: Application, metadata: {name: a}, spec: {containers:"
                                + " [{name: web, image: 'x:1', ports: [{port: 80}], readinessProbe: {http: {port: 80}}}]}}")
                .succeeded();
        assertThat(created.text("/spec/replicas")).isEqualTo("1");
        assertThat(created.text("/spec/containers/0/ports/0/protocol")).isEqualTo("TCP");
        assertThat(created.text("/spec/containers/0/readinessProbe/http/path")).isEqualTo("/");
        assertThat(created.text("/metadata/generation")).isEqualTo("1");
    }

    @Test
    void unknownFieldsArePruned() {
        Answer created = admin.create(
                        applications,
                        "{apiVersion: statemesh.net/v1alpha1, kind: Application, metadata: {name: a}, extra: 1, spec: {unknown: x,"
                                + " containers: [{name: web, image: 'x:1', colour: red}]}}")
                .succeeded();
        assertThat(created.body().has("extra")).isFalse();
        assertThat(created.body().path("spec").has("unknown")).isFalse();
        assertThat(created.body().at("/spec/containers/0").has("colour")).isFalse();
    }

    @Test
    void violationsOfTheSchemaNameTheirFields() {
        Answer refused = admin.create(applications, """
                        apiVersion: statemesh.net/v1alpha1
                        kind: Application
                        metadata: {name: a}
                        spec:
                          replicas: 1001
                          containers:
                          - {name: 'Bad Name', image: 'x:1', ports: [{port: 70000}]}
                          - {name: b}
                        """).refused(422, "Invalid");
        assertThat(refused.message()).startsWith("Application.statemesh.net \"a\" is invalid: [");
        // older versions leave the indices out
        assertThat(refused.fields().stream().map(field -> field.replaceAll("\\[\\d+]", "")))
                .containsExactlyInAnyOrder(
                        "spec.replicas", "spec.containers.name", "spec.containers.ports.port", "spec.containers.image");
    }

    @Test
    void wrongTypesAreRefused() {
        Answer refused = admin.create(applications, APPLICATION, "a", "many").refused(422, "Invalid");
        assertThat(refused.fields()).contains("spec.replicas");
        assertThat(refused.message()).contains("spec.replicas: Invalid value: \"string\"");
    }

    @Test
    void duplicateKeysOfAListMapAreRefused() {
        Answer refused = admin.create(
                        applications,
                        "{apiVersion: statemesh.net/v1alpha1, kind: Application, metadata: {name: a}, spec: {containers: [{name: web,"
                                + " image: 'x:1', env: [{name: A, value: x}, {name: A, value: y}]}]}}")
                .refused(422, "Invalid");
        assertThat(refused.fields()).containsExactly("spec.containers[0].env[1]");
        assertThat(refused.message()).contains("Duplicate value: ");
    }

    @Test
    void objectMustBeOfTheUrlsKind() {
        assertThat(admin.create(applications, "{metadata: {name: a}, spec: {}}").code())
                .isEqualTo(400);
        assertThat(admin.create(
                                applications,
                                "{apiVersion: statemesh.net/v1alpha1, kind: Project, metadata: {name: a}}")
                        .fields())
                .contains("kind");
    }

    @Test
    void statusAndSpecAreWrittenApart() {
        Answer created = create("a", 1);
        ObjectNode both = (ObjectNode) created.body().deepCopy();
        ((ObjectNode) both.path("spec")).put("replicas", 5);
        both.putObject("status").put("replicas", 3);
        ((ObjectNode) both.path("metadata")).putObject("labels").put("l", "v");
        Answer status = admin.replace(applications + "/a/status", both).succeeded();
        assertThat(status.text("/status/replicas")).isEqualTo("3");
        assertThat(status.text("/spec/replicas")).isEqualTo("1");
        assertThat(status.body().path("metadata").has("labels")).isFalse();
        Answer spec = admin.merge(applications + "/a", "{spec: {replicas: 2}, status: {replicas: 9}}")
                .succeeded();
        assertThat(spec.text("/spec/replicas")).isEqualTo("2");
        assertThat(spec.text("/status/replicas")).isEqualTo("3");
    }

    @Test
    void statusGivenAtCreationIsDropped() {
        Answer created = admin.create(
                        applications,
                        "{apiVersion: statemesh.net/v1alpha1, kind: Application, metadata: {name: a}, spec: {containers: [{name:"
                                + " web, image: 'x:1'}]}, status: {replicas: 7}}")
                .succeeded();
        assertThat(created.body().has("status")).isFalse();
    }

    @Test
    void generationCountsChangesOfTheSpecOnly() {
        create("a", 1);
        admin.merge(applications + "/a", "{metadata: {labels: {l: v}}}").succeeded();
        admin.merge(applications + "/a/status", "{status: {replicas: 1}}").succeeded();
        assertThat(admin.get(applications + "/a").text("/metadata/generation")).isEqualTo("1");
        admin.merge(applications + "/a", "{spec: {replicas: 2}}").succeeded();
        assertThat(admin.get(applications + "/a").text("/metadata/generation")).isEqualTo("2");
        Answer own =
                admin.merge(applications + "/a", "{metadata: {generation: 99}}").succeeded();
        assertThat(own.text("/metadata/generation")).isEqualTo("2");
    }

    @Test
    void scaleReadsAndWritesReplicas() {
        create("a", 2);
        admin.merge(applications + "/a/status", "{status: {replicas: 1, selector: 'a=b'}}")
                .succeeded();
        Answer scale = admin.get(applications + "/a/scale").succeeded();
        assertThat(scale.text("/kind")).isEqualTo("Scale");
        assertThat(scale.text("/apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(scale.text("/spec/replicas")).isEqualTo("2");
        assertThat(scale.text("/status/replicas")).isEqualTo("1");
        assertThat(scale.text("/status/selector")).isEqualTo("a=b");
        ObjectNode more = (ObjectNode) scale.body().deepCopy();
        ((ObjectNode) more.path("spec")).put("replicas", 4);
        admin.replace(applications + "/a/scale", more).succeeded();
        assertThat(admin.get(applications + "/a").text("/spec/replicas")).isEqualTo("4");
        admin.replace(applications + "/a/scale", more).refused(409, "Conflict");
        admin.merge(applications + "/a/scale", "{spec: {replicas: 3}}").succeeded();
        assertThat(admin.get(applications + "/a").text("/spec/replicas")).isEqualTo("3");
        assertThat(admin.merge(applications + "/a/scale", "{spec: {replicas: -1}}")
                        .code())
                .isEqualTo(422);
    }

    @Test
    void replacementNeedsAResourceVersion() {
        create("a", 1);
        Answer refused = admin.replace(applications + "/a", APPLICATION, "a", 2).refused(422, "Invalid");
        assertThat(refused.message())
                .contains("metadata.resourceVersion: Invalid value: 0x0: must be specified for an update");
    }

    @Test
    void strategicPatchIsUnsupported() {
        create("a", 1);
        Answer refused =
                admin.patch(applications + "/a", "application/strategic-merge-patch+json", "{spec: {replicas: 2}}");
        assertThat(refused.code()).isEqualTo(415);
    }

    @Test
    void fieldsOfAnApplicationHaveOwners() {
        String env =
                "{apiVersion: statemesh.net/v1alpha1, kind: Application, metadata: {name: a}, spec: {containers: [{name: web,"
                        + " image: 'x:1', env: [{name: A, value: x}]}]}}";
        admin.apply(applications + "/a", "one", env).succeeded();
        assertThat(admin.get(applications + "/a")
                        .body()
                        .at("/metadata/managedFields/0/fieldsV1/f:spec")
                        .has("f:containers"))
                .isTrue();
        String other = "{apiVersion: statemesh.net/v1alpha1, kind: Application, metadata: {name: a}, spec: %s}";
        admin.apply(applications + "/a", "two", other, "{containers: [{name: web, image: 'x:2'}]}")
                .refused(409, "Conflict");
        // a default has no owner: the first who wants something else gets it
        Answer scaled =
                admin.apply(applications + "/a", "two", other, "{replicas: 3}").succeeded();
        assertThat(scaled.text("/spec/replicas")).isEqualTo("3");
    }

    @Test
    void deletionMarksTheGeneration() {
        create("a", 1);
        admin.merge(applications + "/a", "{metadata: {finalizers: [x.example/hold]}}")
                .succeeded();
        Answer ending = admin.delete(applications + "/a").succeeded();
        assertThat(ending.text("/metadata/deletionTimestamp")).isNotEmpty();
        assertThat(ending.text("/metadata/generation")).isEqualTo("2");
        admin.merge(applications + "/a", "{metadata: {finalizers: null}}").succeeded();
        admin.get(applications + "/a").refused(404, "NotFound").saying("applications.statemesh.net \"a\" not found");
    }

    @Test
    void columnsOfTheDefinitionAreShown() {
        create("a", 2);
        Answer table = admin.getAs(applications, TABLE).succeeded();
        assertThat(table.body().path("columnDefinitions").findValuesAsText("name"))
                .containsExactly("Name", "Phase", "Ready", "Replicas", "URL", "Reason", "Age");
        assertThat(table.text("/rows/0/cells/0")).isEqualTo("a");
        assertThat(table.text("/rows/0/cells/3")).isEqualTo("2");
        assertThat(table.body().at("/rows/0/cells/1").isNull()).isTrue();
    }

    @Test
    void definitionThatIsNoneIsRefused() {
        Answer refused = admin.create(DEFINITIONS, """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: things.contract.example}
                        spec:
                          group: contract.example
                          scope: Namespaced
                          names: {plural: gadgets, kind: Gadget}
                          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
                        """).refused(422, "Invalid");
        assertThat(refused.fields()).contains("metadata.name");
    }

    @Test
    void objectsGoWithTheirDefinition() {
        String group = uniqueName("g") + ".example";
        Answer definition = admin.create(DEFINITIONS, """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: gadgets.%1$s}
                        spec:
                          group: %1$s
                          scope: Namespaced
                          names: {plural: gadgets, kind: Gadget}
                          versions:
                          - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
                        """, group).succeeded();
        String gadgets = "/apis/" + group + "/v1/namespaces/" + namespace + "/gadgets";
        String gadget = "{apiVersion: %s/v1, kind: Gadget, metadata: {name: a}, anything: [1, {b: c}]}";
        await().until(() ->
                List.of(201, 409).contains(admin.create(gadgets, gadget, group).code()));
        assertThat(admin.get(gadgets + "/a").text("/anything/1/b")).isEqualTo("c");
        admin.delete(DEFINITIONS + "/" + definition.name()).succeeded();
        awaitGone(DEFINITIONS + "/" + definition.name());
        await().until(() -> admin.get(gadgets).code() == 404);
    }

    private Answer create(String name, int replicas) {
        return admin.create(applications, APPLICATION, name, replicas).succeeded();
    }
}
