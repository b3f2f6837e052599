// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.Test;

/** Server-side apply: who owns which field, what a conflict says, and what goes when its last owner drops it. */
abstract class ApplyContract extends Contract {
    private static final String MAP_OF = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: %s}";

    ApplyContract(Supplier<Engine> engine) {
        super(engine);
    }

    @Test
    void applyCreatesThenUpdates() {
        assertThat(apply("one", "{k: v}").code()).isEqualTo(201);
        Answer again = apply("one", "{k: w}").succeeded();
        assertThat(again.code()).isEqualTo(200);
        assertThat(again.text("/data/k")).isEqualTo("w");
    }

    @Test
    void applyOfTheSameChangesNothing() {
        String first = apply("one", "{k: v}").resourceVersion();
        assertThat(apply("one", "{k: v}").resourceVersion()).isEqualTo(first);
    }

    @Test
    void ownFieldThatIsDroppedGoes() {
        apply("one", "{k: v, l: v}").succeeded();
        assertThat(apply("one", "{k: v}").body().path("data").toString()).isEqualTo("{\"k\":\"v\"}");
    }

    @Test
    void fieldOfAnotherManagerConflicts() {
        apply("one", "{k: v}").succeeded();
        Answer conflict = apply("two", "{k: w}").refused(409, "Conflict");
        assertThat(conflict.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.k");
        assertThat(conflict.text("/details/causes/0/reason")).isEqualTo("FieldManagerConflict");
        assertThat(conflict.fields()).containsExactly(".data.k");
        assertThat(admin.get(maps + "/a").text("/data/k")).isEqualTo("v");
    }

    @Test
    void forceTakesAFieldOver() {
        apply("one", "{k: v, l: v}").succeeded();
        admin.forceApply(maps + "/a", "two", MAP_OF, "{k: w}").succeeded();
        assertThat(owners(admin.get(maps + "/a"), "f:k")).containsExactly("two");
        assertThat(owners(admin.get(maps + "/a"), "f:l")).containsExactly("one");
        Answer refused = apply("one", "{k: v, l: v}").refused(409, "Conflict");
        assertThat(refused.message()).contains("conflict with \"two\": .data.k");
    }

    @Test
    void sameValueIsSharedAndStaysUntilTheLastOwnerDropsIt() {
        apply("one", "{k: v}").succeeded();
        apply("two", "{k: v}").succeeded();
        assertThat(owners(admin.get(maps + "/a"), "f:k")).containsExactlyInAnyOrder("one", "two");
        assertThat(apply("one", "{}").text("/data/k")).isEqualTo("v");
        assertThat(apply("two", "{}").body().path("data").has("k")).isFalse();
    }

    @Test
    void updateTakesOwnershipOfWhatItChanges() {
        apply("one", "{k: v, l: v}").succeeded();
        admin.merge(maps + "/a?fieldManager=person", "{data: {k: w}}").succeeded();
        Answer found = admin.get(maps + "/a");
        assertThat(owners(found, "f:k")).containsExactly("person");
        assertThat(owners(found, "f:l")).containsExactly("one");
        assertThat(entry(found, "person").path("operation").asText()).isEqualTo("Update");
        assertThat(entry(found, "one").path("operation").asText()).isEqualTo("Apply");
        assertThat(entry(found, "one").path("fieldsType").asText()).isEqualTo("FieldsV1");
        Answer conflict = apply("one", "{k: v, l: v}").refused(409, "Conflict");
        assertThat(conflict.message()).startsWith("Apply failed with 1 conflict: conflict with \"person\" using v1");
    }

    @Test
    void applyNeedsAManagerAndAType() {
        admin.call(
                        "PATCH",
                        maps + "/a",
                        "application/apply-patch+yaml",
                        admin.get(maps).body())
                .code();
        Answer nobody = admin.patch(maps + "/a", "application/apply-patch+yaml", MAP_OF, "{}");
        assertThat(nobody.code()).isBetween(400, 422);
        assertThat(nobody.message()).contains("fieldManager");
        Answer typeless = admin.apply(maps + "/a", "one", "{metadata: {name: a}}");
        assertThat(typeless.code()).isEqualTo(400);
    }

    @Test
    void listOfMapsIsOwnedItemByItem() {
        String services = in(namespace, "services");
        String service = "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [%s]}}";
        admin.apply(services + "/s", "one", service, "{name: a, port: 80, protocol: TCP}")
                .succeeded();
        Answer both = admin.apply(services + "/s", "two", service, "{name: b, port: 81, protocol: TCP}")
                .succeeded();
        assertThat(both.body().at("/spec/ports").findValuesAsText("port")).containsExactly("80", "81");
        Answer one = admin.apply(services + "/s", "two", "{apiVersion: v1, kind: Service, metadata: {name: s}}")
                .succeeded();
        assertThat(one.body().at("/spec/ports").findValuesAsText("port")).containsExactly("80");
    }

    @Test
    void finalizersAreASetWithOwners() {
        String map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [%s]}}";
        admin.apply(maps + "/a", "one", map, "x.example/one").succeeded();
        admin.apply(maps + "/a", "two", map, "x.example/two").succeeded();
        Answer left = admin.apply(maps + "/a", "one", MAP_OF, "{}").succeeded();
        assertThat(left.body().at("/metadata/finalizers").toString()).isEqualTo("[\"x.example/two\"]");
        admin.merge(maps + "/a", "{metadata: {finalizers: null}}").succeeded();
    }

    @Test
    void appliesOfOneNewObjectAllSucceed() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> applies = List.of("one", "two", "three", "four").stream()
                    .<Callable<Answer>>map(
                            manager -> () -> admin.forceApply(maps + "/a", manager, MAP_OF, "{" + manager + ": v}"))
                    .toList();
            for (Future<Answer> each : executor.invokeAll(applies)) {
                each.get().succeeded();
            }
        }
        assertThat(admin.get(maps + "/a").body().path("data")).hasSize(4);
    }

    private Answer apply(String manager, String data) {
        return admin.apply(maps + "/a", manager, MAP_OF, data);
    }

    private static JsonNode entry(Answer object, String manager) {
        return object.body()
                .at("/metadata/managedFields")
                .valueStream()
                .filter(entry -> entry.path("manager").asText().equals(manager))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> owners(Answer object, String field) {
        return object.body()
                .at("/metadata/managedFields")
                .valueStream()
                .filter(entry -> entry.at("/fieldsV1/f:data").has(field))
                .map(entry -> entry.path("manager").asText())
                .toList();
    }
}
