// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.statemesh.api.ZoneSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteStoreTest {
    private static final ZoneSettings ZONE = new ZoneSettings("local-1", "statemesh.localhost", 8443, 8080, "");
    private static final int APPLICATIONS = 100;

    @TempDir
    private Path folder;

    private Path file;
    private Path journal;
    private final LiveRoutes routes = new LiveRoutes();
    private RouteStore store;

    @BeforeEach
    void saveMany() {
        file = folder.resolve("routes.json");
        journal = folder.resolve("routes.json.journal");
        store = new RouteStore(file, routes);
        store.restore();
        List<ApplicationRoutes> all = new ArrayList<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            all.add(application("app-" + i, "/"));
        }
        routes.apply(ZONE, all, List.of());
        store.save();
    }

    @Test
    void savingAChangeWritesTheChangeOnly() throws IOException {
        byte[] before = Files.readAllBytes(file);

        change("app-7", "/new");
        routes.apply(ZONE, List.of(), List.of("default/app-8"));
        store.save();

        assertThat(file).as("the whole is left alone").hasBinaryContent(before);
        assertThat(Files.readString(journal)).doesNotContain("app-9").containsOnlyOnce("\n");
        assertRestored(routes);
    }

    @Test
    void changesAreRestoredInTheirOrder() {
        for (String path : List.of("/1", "/2", "/3")) {
            change("app-7", path);
            store.save();
        }

        assertRestored(routes);
    }

    @Test
    void lineThatACrashCutShortIsLostAlone() throws IOException {
        change("app-7", "/new");
        store.save();
        Files.writeString(journal, "{\"zone\":{\"na", StandardOpenOption.APPEND);

        LiveRoutes restarted = new LiveRoutes();
        RouteStore again = new RouteStore(file, restarted);
        again.restore();
        assertThat(wanted(restarted)).isEqualTo(wanted(routes));

        restarted.apply(ZONE, List.of(application("app-9", "/after")), List.of());
        again.save();
        assertThat(journal).as("nothing is written behind half a line").doesNotExist();
        assertRestored(restarted);
    }

    @Test
    void lineWithoutItsEndIsNotWrittenOn() throws IOException {
        change("app-7", "/new");
        store.save();
        Files.writeString(journal, Files.readString(journal).strip());

        LiveRoutes restarted = new LiveRoutes();
        RouteStore again = new RouteStore(file, restarted);
        again.restore();
        restarted.apply(ZONE, List.of(application("app-9", "/after")), List.of());
        again.save();

        assertRestored(restarted);
    }

    @Test
    void journalThatHasGrownLargeIsMadeIntoTheWhole() {
        String longPath = "/" + "x".repeat(1 << 20);
        change("app-7", longPath);
        store.save();
        assertThat(journal).exists();

        change("app-8", "/new");
        store.save();

        assertThat(journal).doesNotExist();
        assertRestored(routes);
    }

    @Test
    void changesThatCouldNotBeWrittenComeWithTheNext() throws IOException {
        Files.createDirectory(journal);
        change("app-7", "/lost");
        store.save();
        assertThat(store.isStale()).isTrue();
        Files.delete(journal);

        change("app-8", "/new");
        store.save();

        assertRestored(routes);
    }

    private void change(String name, String path) {
        routes.apply(ZONE, List.of(application(name, path)), List.of());
    }

    private void assertRestored(LiveRoutes expected) {
        LiveRoutes restarted = new LiveRoutes();
        new RouteStore(file, restarted).restore();
        assertThat(wanted(restarted)).isEqualTo(wanted(expected));
    }

    private static Collection<ApplicationRoutes> wanted(LiveRoutes routes) {
        return routes.saved().applications();
    }

    private static ApplicationRoutes application(String name, String path) {
        List<Endpoint> endpoints = List.of(new Endpoint("10.64.1.2", 80, name + "-1"));
        String host = name + ".local-1.statemesh.localhost";
        return new ApplicationRoutes(
                "default",
                name,
                1,
                List.of(new ApplicationRoutes.PathClaim(host, path, false, 80, Balancing.ROUND_ROBIN, endpoints)),
                endpoints);
    }
}
