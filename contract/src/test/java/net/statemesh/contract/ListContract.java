// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.ApiClient;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.Test;

/** Lists: pages of one snapshot, selections, and the forms that they come in. */
abstract class ListContract extends Contract {
    private static final int PAGE = 500;
    private static final int WRITERS = 16;
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private static final String METADATA =
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";

    private final IntSupplier many;

    ListContract(Supplier<Engine> engine, IntSupplier many) {
        super(engine);
        this.many = many;
    }

    @Test
    void listHasKindAndRevision() {
        Answer created = createMap("a");
        Answer list = admin.get(maps).succeeded();
        assertThat(list.text("/kind")).isEqualTo("ConfigMapList");
        assertThat(list.text("/apiVersion")).isEqualTo("v1");
        assertThat(list.revision()).isGreaterThanOrEqualTo(created.revision());
        assertThat(list.text("/items/0/metadata/name")).isEqualTo("a");
    }

    @Test
    void pagesAreOneSnapshot() {
        for (String name : List.of("a", "b", "c", "d")) {
            createMap(name);
        }
        Answer first = admin.get(maps + "?limit=2").succeeded();
        assertThat(first.names()).containsExactly("a", "b");
        assertThat(first.text("/metadata/remainingItemCount")).isEqualTo("2");
        admin.delete(maps + "/c").succeeded();
        createMap("bb");
        Answer second = admin.get(maps + "?limit=2&continue=" + next(first)).succeeded();
        assertThat(second.names()).containsExactly("c", "d");
        assertThat(second.resourceVersion()).isEqualTo(first.resourceVersion());
        assertThat(next(second)).isEmpty();
    }

    @Test
    void pageOfAForgottenSnapshotIsGone() {
        createMap("a");
        createMap("b");
        Answer first = admin.get(maps + "?limit=1").succeeded();
        createMap("c");
        engine().restartWithoutHistory();
        Answer gone = admin.get(maps + "?limit=1&continue=" + next(first)).refused(410, "Expired");
        assertThat(gone.message())
                .startsWith("The provided continue parameter is too old to display a consistent list result.");
    }

    @Test
    void inventedContinuationIsABadRequest() {
        admin.get(maps + "?limit=1&continue=invented").refused(400, "BadRequest");
    }

    @Test
    void manyObjectsAreReadInPages() throws InterruptedException {
        createMany();
        List<String> names = new ArrayList<>();
        Answer page = admin.get(maps + "?limit=" + PAGE).succeeded();
        String snapshot = page.resourceVersion();
        names.addAll(page.names());
        while (!next(page).isEmpty()) {
            page = admin.get(maps + "?limit=" + PAGE + "&continue=" + next(page))
                    .succeeded();
            assertThat(page.resourceVersion()).isEqualTo(snapshot);
            assertThat(page.names()).hasSizeLessThanOrEqualTo(PAGE);
            names.addAll(page.names());
        }
        assertThat(names).hasSize(many.getAsInt()).isSorted().doesNotHaveDuplicates();
        assertThat(admin.get(maps).names()).isEqualTo(names);
    }

    private void createMany() throws InterruptedException {
        Semaphore free = new Semaphore(WRITERS);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, many.getAsInt()).forEach(i -> {
                free.acquireUninterruptibly();
                var _ = writers.submit(() -> {
                    try {
                        createMap("map-%05d".formatted(i));
                    } finally {
                        free.release();
                    }
                });
            });
            free.acquire(WRITERS);
        }
    }

    @Test
    void labelsSelect() {
        labelled("red", "{colour: red, size: small}");
        labelled("blue", "{colour: blue}");
        labelled("plain", "{}");
        assertThat(select("colour=red")).containsExactly("red");
        assertThat(select("colour==red")).containsExactly("red");
        assertThat(select("colour!=red")).containsExactly("blue", "plain");
        assertThat(select("colour in (red, blue)")).containsExactly("blue", "red");
        assertThat(select("colour notin (red)")).containsExactly("blue", "plain");
        assertThat(select("colour")).containsExactly("blue", "red");
        assertThat(select("!colour")).containsExactly("plain");
        assertThat(select("colour=red,size=small")).containsExactly("red");
        assertThat(select("colour=red,!size")).isEmpty();
        assertThat(admin.get(maps + "?labelSelector=" + ApiClient.query("a in b"))
                        .code())
                .isEqualTo(400);
        assertThat(admin.get(maps + "?labelSelector=" + ApiClient.query("a=bad value"))
                        .code())
                .isEqualTo(400);
    }

    @Test
    void fieldsSelect() {
        createMap("a");
        createMap("b");
        assertThat(admin.get(maps + "?fieldSelector=metadata.name%3Db").names()).containsExactly("b");
        assertThat(admin.get(maps + "?fieldSelector=metadata.name!%3Db").names())
                .containsExactly("a");
        assertThat(admin.get("/api/v1/configmaps?fieldSelector=metadata.namespace%3D" + namespace)
                        .names())
                .containsExactly("a", "b");
        Answer refused = admin.get(maps + "?fieldSelector=data.k%3Dv").refused(400, "BadRequest");
        assertThat(refused.message()).contains("data.k");
    }

    @Test
    void selectionOfACollectionIsDeleted() {
        labelled("red", "{colour: red}");
        labelled("blue", "{colour: blue}");
        admin.delete(maps + "?labelSelector=colour%3Dred").succeeded();
        assertThat(admin.get(maps).names()).containsExactly("blue");
    }

    @Test
    void tableHasColumnsAndRows() {
        createMap("a");
        Answer table = new Answer(200, admin.getAs(maps, TABLE).succeeded().body());
        assertThat(table.text("/kind")).isEqualTo("Table");
        assertThat(table.body().path("columnDefinitions").findValuesAsText("name"))
                .containsExactly("Name", "Data", "Age");
        assertThat(table.text("/rows/0/cells/0")).isEqualTo("a");
        assertThat(table.text("/rows/0/cells/1")).isEqualTo("1");
        assertThat(table.text("/rows/0/object/kind")).isEqualTo("PartialObjectMetadata");
        assertThat(table.text("/rows/0/object/metadata/name")).isEqualTo("a");
    }

    @Test
    void metadataAloneIsListed() {
        createMap("a");
        Answer list = admin.getAs(maps, METADATA).succeeded();
        assertThat(list.text("/kind")).isEqualTo("PartialObjectMetadataList");
        assertThat(list.text("/items/0/metadata/name")).isEqualTo("a");
        assertThat(list.body().at("/items/0").has("data")).isFalse();
    }

    @Test
    void listFromTheCacheIsAtLeastAsNewAsAsked() {
        Answer created = createMap("a");
        assertThat(admin.get(maps + "?resourceVersion=" + created.resourceVersion())
                        .names())
                .containsExactly("a");
        assertThat(admin.get(maps + "?resourceVersion=0").code()).isEqualTo(200);
        // 500 in 1.20, 400 since
        assertThat(admin.get(maps + "?resourceVersion=abc").code()).isIn(400, 500);
    }

    private static String next(Answer page) {
        return page.text("/metadata/continue");
    }

    private void labelled(String name, String labels) {
        admin.create(maps, "{metadata: {name: %s, labels: %s}}", name, labels).succeeded();
    }

    private List<String> select(String selector) {
        return admin.get(maps + "?labelSelector=" + ApiClient.query(selector))
                .succeeded()
                .names();
    }
}
