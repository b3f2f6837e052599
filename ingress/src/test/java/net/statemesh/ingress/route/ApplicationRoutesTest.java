// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Annotations;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Entrypoint;
import org.junit.jupiter.api.Test;

class ApplicationRoutesTest {
    private static final ZoneSettings ZONE = new ZoneSettings("local-1", "statemesh.localhost", 8443, 8080, "");
    private static final String GENERATED = "shop-abcde.local-1.statemesh.localhost";

    @Test
    void readyReplicasServeAndLivingOnesAreKept() {
        ApplicationRoutes routes = ApplicationRoutes.of(
                application(List.of(GENERATED), Entrypoint.toPort(8080)),
                List.of(
                        pod("ready", "10.64.1.2", "Running", true, false),
                        pod("unready", "10.64.1.3", "Running", false, false),
                        pod("ending", "10.64.1.4", "Running", true, true),
                        pod("failed", "10.64.1.5", "Failed", true, false),
                        pod("no-address", null, "Pending", false, false)),
                ZONE);

        assertThat(routes.paths()).singleElement().satisfies(claim -> {
            assertThat(claim.host()).isEqualTo(GENERATED);
            assertThat(claim.path()).isEqualTo("/");
            assertThat(claim.endpoints()).containsExactly(new Endpoint("10.64.1.2", 8080, "ready"));
        });
        assertThat(routes.alive()).extracting(Endpoint::replica).containsExactly("ready", "unready");
        assertThat(routes.createdMillis())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    }

    @Test
    void hostsThatTheMasterDidNotGiveAreNotServed() {
        Entrypoint own = new Entrypoint("mine.local-1.statemesh.localhost", "/x", Entrypoint.PathType.EXACT, 80);

        assertThat(ApplicationRoutes.of(application(List.of(GENERATED), own), List.of(), ZONE)
                        .paths())
                .isEmpty();
        assertThat(ApplicationRoutes.of(application(List.of(own.host()), own), List.of(), ZONE)
                        .paths())
                .singleElement()
                .satisfies(claim -> assertThat(claim.exact()).isTrue());
    }

    @Test
    void drainingReplicaGetsNothingNewAndKeepsWhatItHas() {
        Pod staying = pod("a", "10.64.1.2", "Running", true, false);
        Pod draining = pod("b", "10.64.1.3", "Running", true, false);
        draining.getMetadata().setAnnotations(Map.of(Annotations.DRAINING_SINCE, "2026-01-01T00:00:00Z"));
        ApplicationRoutes routes = ApplicationRoutes.of(
                application(List.of(GENERATED), Entrypoint.toPort(80)), List.of(staying, draining), ZONE);

        assertThat(routes.paths().getFirst().endpoints())
                .extracting(Endpoint::address)
                .containsExactly("10.64.1.2");
        assertThat(routes.alive()).extracting(Endpoint::address).containsExactly("10.64.1.2", "10.64.1.3");
    }

    @Test
    void replicasOfAnOldVersionAreReachedByThePortsTheyHave() {
        Pod old = pod("a", "10.64.1.2", "Running", true, false);
        old.getMetadata()
                .setAnnotations(
                        Map.of(
                                Annotations.PORTS,
                                "{\"declared\":[8080],\"entrypoints\":[{\"path\":\"/\",\"pathType\":\"Prefix\",\"port\":8080}]}"));
        Pod updated = pod("b", "10.64.1.3", "Running", true, false);
        updated.getMetadata()
                .setAnnotations(
                        Map.of(
                                Annotations.PORTS,
                                "{\"declared\":[9090],\"entrypoints\":[{\"path\":\"/\",\"pathType\":\"Prefix\",\"port\":9090}]}"));

        ApplicationRoutes routes = ApplicationRoutes.of(
                application(List.of(GENERATED), Entrypoint.toPort(9090)), List.of(old, updated), ZONE);

        assertThat(routes.paths().getFirst().endpoints())
                .containsExactly(new Endpoint("10.64.1.2", 8080, "a"), new Endpoint("10.64.1.3", 9090, "b"));
        assertThat(routes.alive()).isEqualTo(routes.paths().getFirst().endpoints());
    }

    @Test
    void portsThatNobodyCanReadAreThoseOfTheEntrypoint() {
        Pod pod = pod("a", "10.64.1.2", "Running", true, false);
        pod.getMetadata().setAnnotations(Map.of(Annotations.PORTS, "8080"));

        assertThat(ApplicationRoutes.of(application(List.of(GENERATED), Entrypoint.toPort(9090)), List.of(pod), ZONE)
                        .alive())
                .containsExactly(new Endpoint("10.64.1.2", 9090, "a"));
    }

    @Test
    void orderOfPodsDoesNotMatter() {
        Pod a = pod("a", "10.64.1.2", "Running", true, false);
        Pod b = pod("b", "10.64.1.3", "Running", true, false);
        Application application = application(List.of(GENERATED), Entrypoint.toPort(80));

        assertThat(ApplicationRoutes.of(application, List.of(a, b), ZONE))
                .isEqualTo(ApplicationRoutes.of(application, List.of(b, a), ZONE));
    }

    @Test
    void annotationChoosesTheBalancing() {
        Application application = application(List.of(GENERATED), Entrypoint.toPort(80));
        application.getMetadata().setAnnotations(Map.of(Annotations.BALANCING, "least-requests"));

        assertThat(ApplicationRoutes.of(application, List.of(), ZONE)
                        .paths()
                        .getFirst()
                        .balancing())
                .isEqualTo(Balancing.LEAST_REQUESTS);
    }

    private static Application application(List<String> hosts, Entrypoint... entrypoints) {
        Application application = new Application();
        application.getMetadata().setName("shop");
        application.getMetadata().setNamespace("default");
        application.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        application.setSpec(ApplicationSpec.of(ContainerSpec.of("web", "web:1"))
                .entrypoints(List.of(entrypoints))
                .build());
        ApplicationStatus none = ApplicationStatus.NONE;
        application.setStatus(new ApplicationStatus(
                none.phase(), "abcde", 1L, null, null, 1, 1, 1, null, hosts, List.of(), List.of(), List.of()));
        return application;
    }

    private static Pod pod(String name, String address, String phase, boolean ready, boolean ending) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withDeletionTimestamp(ending ? "2026-01-01T00:00:00Z" : null)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .withPodIP(address)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }
}
