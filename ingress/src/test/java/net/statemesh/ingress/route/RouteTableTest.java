// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.statemesh.ingress.http1.Ascii;
import net.statemesh.ingress.route.ApplicationRoutes.PathClaim;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private static final String HOST = "shop.example";

    @ParameterizedTest
    @CsvSource({
        "/api, exact",
        "/api/, api",
        "/api/x, api",
        "/api/v1, v1",
        "/api/v1/x, v1",
        "/api/v10, api",
        "/apix, root",
        "/, root",
        "*, root"
    })
    void exactBeforeLongestPrefixByWholeElements(String path, String expected) {
        RouteLedger ledger = new RouteLedger();
        ledger.put(application("default", "root", 1, claim("/", false)));
        ledger.put(application("default", "api", 2, claim("/api/", false)));
        ledger.put(application("default", "v1", 3, claim("/api/v1", false)));
        ledger.put(application("default", "exact", 4, claim("/api", true)));

        assertThat(find(ledger.table(), path)).isEqualTo(expected);
    }

    @Test
    void hostIsFoundInAnyCase() {
        RouteLedger ledger = new RouteLedger();
        ledger.put(application("default", "root", 1, claim("/", false)));
        byte[] bytes = Ascii.bytes("xxSHOP.Example");

        assertThat(ledger.table().find(bytes, 2, bytes.length)).isNotNull();
        assertThat(ledger.table().find(bytes, 1, bytes.length)).isNull();
    }

    @Test
    void hostBelongsToTheProjectThatHadItFirst() {
        RouteLedger ledger = new RouteLedger();
        ledger.put(application("late", "thief", 20, claim("/", false), claim("/only-mine", false)));
        ledger.put(application("early", "owner", 10, claim("/", false)));

        assertThat(find(ledger.table(), "/")).isEqualTo("owner");
        assertThat(find(ledger.table(), "/only-mine")).isEqualTo("owner");

        ledger.remove("early/owner");
        assertThat(find(ledger.table(), "/only-mine")).isEqualTo("thief");
    }

    @Test
    void applicationsOfOneProjectShareAHost() {
        RouteLedger ledger = new RouteLedger();
        ledger.put(application("default", "young", 20, claim("/", false), claim("/docs", false)));
        ledger.put(application("default", "old", 10, claim("/", false)));

        assertThat(find(ledger.table(), "/")).isEqualTo("old");
        assertThat(find(ledger.table(), "/docs")).isEqualTo("young");
    }

    @Test
    void oldTablesNeverChangeAndUntouchedHostsAreShared() {
        RouteLedger ledger = new RouteLedger();
        ledger.put(application(
                "default", "a", 1, new PathClaim("a.example", "/", false, 80, Balancing.ROUND_ROBIN, List.of())));
        ledger.put(application(
                "default", "b", 2, new PathClaim("b.example", "/", false, 80, Balancing.ROUND_ROBIN, List.of())));
        RouteTable before = ledger.table();

        ledger.remove("default/b");

        assertThat(before.find("b.example")).isNotNull();
        assertThat(ledger.table().find("b.example")).isNull();
        assertThat(ledger.table().find("a.example")).isSameAs(before.find("a.example"));
        assertThat(ledger.table().size()).isEqualTo(1);
    }

    @Test
    void turnSurvivesChangesThatDoNotConcernARoute() {
        RouteLedger ledger = new RouteLedger();
        ledger.put(application("default", "a", 1, claim("/", false)));
        PathRoute before = ledger.table().find(HOST).routes().getFirst();

        ledger.put(application("default", "b", 2, claim("/b", false)));

        assertThat(ledger.table().find(HOST).routes()).hasSize(2).contains(before);
    }

    @Test
    void sameWishesChangeNothing() {
        RouteLedger ledger = new RouteLedger();
        ledger.put(application("default", "a", 1, claim("/", false)));

        assertThat(ledger.put(application("default", "a", 1, claim("/", false))))
                .isNull();
        assertThat(ledger.remove("default/unknown")).isNull();
    }

    @Test
    void endedReplicasAreNamed() {
        Endpoint stays = new Endpoint("10.64.1.2", 80, "shop-1");
        Endpoint ends = new Endpoint("10.64.1.3", 80, "shop-2");
        RouteLedger ledger = new RouteLedger();
        ledger.put(new ApplicationRoutes("default", "shop", 1, List.of(), List.of(stays, ends)));

        assertThat(ledger.put(new ApplicationRoutes("default", "shop", 1, List.of(), List.of(stays)))
                        .ended())
                .containsExactly(ends);
        assertThat(ledger.remove("default/shop").ended()).containsExactly(stays);
    }

    @Test
    @Tag("property")
    void tableDependsOnWishesNotOnTheirOrder() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<ApplicationRoutes> events = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                events.add(randomApplication(random));
            }
            TreeMap<String, ApplicationRoutes> last = new TreeMap<>();
            RouteLedger incremental = new RouteLedger();
            for (ApplicationRoutes event : events) {
                if (random.nextInt(4) == 0) {
                    last.remove(event.key());
                    incremental.remove(event.key());
                } else {
                    last.put(event.key(), event);
                    incremental.put(event);
                }
            }
            List<ApplicationRoutes> shuffled = new ArrayList<>(last.values());
            Collections.shuffle(shuffled, random);
            RouteLedger fresh = new RouteLedger();
            shuffled.forEach(fresh::put);

            assertThat(describe(incremental.table())).as("seed %d", seed).isEqualTo(describe(fresh.table()));
        }
    }

    private static List<String> describe(RouteTable table) {
        return table.hosts().stream()
                .flatMap(host -> host.routes().stream()
                        .map(route -> host.host() + route.path() + route.isExact() + " " + route.project() + "/"
                                + route.application()))
                .sorted()
                .toList();
    }

    private static ApplicationRoutes randomApplication(Random random) {
        List<PathClaim> claims = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            claims.add(new PathClaim(
                    "h" + random.nextInt(4),
                    "/" + random.nextInt(3),
                    random.nextBoolean(),
                    80,
                    Balancing.ROUND_ROBIN,
                    List.of()));
        }
        String name = "a" + random.nextInt(8);
        return new ApplicationRoutes("p" + name.hashCode() % 3, name, name.hashCode() % 5, claims, List.of());
    }

    private static ApplicationRoutes application(String project, String name, long created, PathClaim... claims) {
        return new ApplicationRoutes(project, name, created, List.of(claims), List.of());
    }

    private static PathClaim claim(String path, boolean exact) {
        return new PathClaim(HOST, path, exact, 80, Balancing.ROUND_ROBIN, List.of());
    }

    private static String find(RouteTable table, String path) {
        byte[] bytes = Ascii.bytes(path);
        return table.find(HOST).find(bytes, 0, bytes.length).application();
    }
}
