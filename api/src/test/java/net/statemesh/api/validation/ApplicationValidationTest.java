// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.Reason;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ComputeResources;
import net.statemesh.api.application.ComputeResources.Amounts;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Domain;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.EnvVariable;
import net.statemesh.api.application.Placement;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.application.Priority;
import net.statemesh.api.application.ProbeSpec;
import net.statemesh.api.project.Profile;
import net.statemesh.api.project.ProjectSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationValidationTest {
    private static final ZoneSettings ZONE = new ZoneSettings("local-1", "statemesh.localhost", 8443, 8080, "");
    private static final ContainerSpec WEB = ContainerSpec.of("web", "shop:2").withPorts(List.of(PortSpec.tcp(8080)));

    @Test
    void ordinaryApplicationHasNoViolations() {
        ApplicationSpec spec = ApplicationSpec.of(
                        WEB.withEnv(List.of(EnvVariable.of("URL", "https://$(INGRESS_DOMAIN)/")))
                                .withProbes(ProbeSpec.http("/", 8080, 5), ProbeSpec.tcp(8080, 5), null)
                                .withResources(resources("100m", "500m", "64Mi", "64Mi")))
                .initContainers(List.of(
                        ContainerSpec.of("setup", "registry.example.org:5000/team/setup@sha256:" + "0".repeat(64))))
                .entrypoints(List.of(
                        Entrypoint.toPort(8080),
                        new Entrypoint("shop.local-1.statemesh.localhost", "/", Entrypoint.PathType.EXACT, 8080)))
                .build();
        assertThat(check("shop", spec)).isEmpty();
    }

    @Test
    void projectSaysHowHighAPriorityMayBe() {
        ProjectSpec usual = ProjectSpec.ownedBy("alice");
        ProjectSpec raised = new ProjectSpec(null, Profile.CLOUD, null, Priority.HIGH, "alice");
        for (Priority allowed : List.of(Priority.LOW, Priority.NORMAL)) {
            assertThat(ApplicationValidation.abovePriority(
                            ApplicationSpec.of(WEB).priority(allowed).build(), usual))
                    .isEmpty();
        }
        ApplicationSpec high = ApplicationSpec.of(WEB).priority(Priority.HIGH).build();
        assertThat(ApplicationValidation.abovePriority(high, raised)).isEmpty();
        assertThat(ApplicationValidation.abovePriority(high, usual)).hasValueSatisfying(violation -> {
            assertThat(violation.sentence()).startsWith("spec.priority is 'High': accepted is Low or Normal, until");
            assertThat(violation.reason()).isEqualTo(Reason.PRIORITY_NOT_ALLOWED);
        });
    }

    @Test
    void nameMustLeaveRoomForTheGeneratedHost() {
        ApplicationSpec spec = ApplicationSpec.of(WEB).build();
        assertThat(check("a".repeat(57), spec)).isEmpty();
        assertThat(check("a".repeat(58), spec))
                .singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo("metadata.name"));
    }

    @Test
    void duplicateContainerNamesAreFoundAcrossInitContainers() {
        ApplicationSpec spec = ApplicationSpec.of(WEB)
                .initContainers(List.of(ContainerSpec.of("web", "setup")))
                .build();
        assertThat(fields(spec)).containsExactly("spec.initContainers[0].name");
    }

    @Test
    void portsMayRepeatOnlyWithAnotherProtocol() {
        ContainerSpec both = ContainerSpec.of("dns", "dns")
                .withPorts(List.of(
                        new PortSpec("tcp", 53, PortSpec.Protocol.TCP),
                        new PortSpec("udp", 53, PortSpec.Protocol.UDP)));
        assertThat(fields(ApplicationSpec.of(both).build())).isEmpty();
        ContainerSpec again =
                ContainerSpec.of("other", "dns").withPorts(List.of(new PortSpec("udp", 53, PortSpec.Protocol.UDP)));
        assertThat(fields(ApplicationSpec.of(both, again).build()))
                .containsExactly("spec.containers[1].ports[0].port", "spec.containers[1].ports[0].name");
    }

    @Test
    void entrypointNeedsADeclaredTcpPort() {
        ContainerSpec udp = ContainerSpec.of("dns", "dns")
                .withPorts(List.of(new PortSpec(null, 53, PortSpec.Protocol.UDP), PortSpec.tcp(80)));
        assertThat(check(
                        "dns",
                        ApplicationSpec.of(udp)
                                .entrypoints(List.of(Entrypoint.toPort(53)))
                                .build()))
                .containsExactly(
                        new Violation("spec.entrypoints[0].port", "53", "a TCP port that a container declares: 80"));
    }

    @Test
    void sameRouteTwiceIsRefused() {
        ApplicationSpec spec = ApplicationSpec.of(WEB)
                .entrypoints(List.of(Entrypoint.toPort(8080), Entrypoint.toPort(8080)))
                .build();
        assertThat(fields(spec)).containsExactly("spec.entrypoints[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.example.org", "local-1.statemesh.localhost", "evil-local-1.statemesh.localhost"})
    void hostsOutsideTheZoneAreRefused(String host) {
        assertThat(check("shop", withHost(host)))
                .containsExactly(new Violation(
                        "spec.entrypoints[0].host", host, "a name that ends with .local-1.statemesh.localhost"));
    }

    @Test
    void placementRulesNameTheFieldAndWhatWouldBeAccepted() {
        ApplicationSpec spec = ApplicationSpec.of(WEB)
                .placement(new Placement(
                        List.of(
                                new Placement.Spread(Domain.OPERATOR, 1, null),
                                new Placement.Spread(Domain.OPERATOR, 0, null)),
                        List.of(new Placement.Neighbour("Data Base", Domain.NODE, null)),
                        List.of(),
                        new Placement.Gang(0)))
                .build();
        assertThat(check("shop", spec))
                .extracting(Violation::sentence)
                .containsExactly(
                        "spec.placement.spread[1].across is 'Operator': accepted is a domain that no other spread rule names",
                        "spec.placement.spread[1].maxSkew is '0': accepted is a whole number from 1 to 100",
                        "spec.placement.near[0].application is 'Data Base': accepted is the name of an application of the"
                                + " same project (a-z, 0-9 and -)",
                        "spec.placement.gang.timeoutSeconds is '0': accepted is a whole number from 1 to 86400");
    }

    @Test
    void nearAndApartMayNotContradictEachOther() {
        assertThat(fields(neighbours(Domain.NODE, Domain.ZONE))).containsExactly("spec.placement.apart[0]");
        assertThat(fields(neighbours(Domain.ZONE, Domain.REGION))).containsExactly("spec.placement.apart[0]");
        assertThat(fields(neighbours(Domain.ZONE, Domain.NODE))).isEmpty();
        assertThat(fields(neighbours(Domain.OPERATOR, Domain.ZONE))).isEmpty();
    }

    private static ApplicationSpec neighbours(Domain near, Domain apart) {
        return ApplicationSpec.of(WEB)
                .placement(new Placement(
                        List.of(),
                        List.of(new Placement.Neighbour("db", near, null)),
                        List.of(new Placement.Neighbour("db", apart, null)),
                        null))
                .build();
    }

    @Test
    void hostOfAnotherProjectIsRefusedAndTheProjectNamed() {
        String host = "shop.local-1.statemesh.localhost";
        List<Violation> violations = ApplicationValidation.check(
                "shop", withHost(host), ZONE, asked -> asked.equals(host) ? Optional.of("rivals") : Optional.empty());
        assertThat(violations)
                .singleElement()
                .satisfies(violation -> assertThat(violation.sentence())
                        .contains("spec.entrypoints[0].host", host, "project 'rivals' has it"));
    }

    @Test
    void requestAboveLimitIsRefused() {
        ApplicationSpec spec = ApplicationSpec.of(WEB.withResources(resources("2", "500m", "64Mi", "1Gi")))
                .build();
        assertThat(check("shop", spec))
                .containsExactly(
                        new Violation("spec.containers[0].resources.requests.cpu", "2", "at most the limit, 500m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5Zi"})
    void unreadableOrEmptyQuantitiesAreRefused(String memory) {
        ApplicationSpec spec = ApplicationSpec.of(WEB.withResources(resources("1", "1", "1Mi", memory)))
                .build();
        assertThat(fields(spec)).containsExactly("spec.containers[0].resources.limits.memory");
    }

    @Test
    void environmentVariableHasOneSource() {
        EnvVariable both = new EnvVariable("KEY", "v", new EnvVariable.SecretKey("s", "k"));
        ApplicationSpec spec = ApplicationSpec.of(WEB.withEnv(List.of(both, EnvVariable.of("KEY", "w"))))
                .build();
        assertThat(fields(spec)).containsExactly("spec.containers[0].env[0]", "spec.containers[0].env[1].name");
    }

    @Test
    void probeHasOneKindAndOnlyReadinessCountsSuccesses() {
        ProbeSpec none = new ProbeSpec(null, null, null, 0, 1, 1, 1, 1);
        ProbeSpec twice = new ProbeSpec(null, new ProbeSpec.TcpProbe(1), null, 0, 1, 1, 2, 1);
        ApplicationSpec spec =
                ApplicationSpec.of(WEB.withProbes(none, twice, null)).build();
        assertThat(fields(spec))
                .containsExactly(
                        "spec.containers[0].readinessProbe", "spec.containers[0].livenessProbe.successThreshold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "shop:", "shop latest", "http://shop", "shop@sha256:12"})
    void malformedImagesAreRefused(String image) {
        assertThat(fields(ApplicationSpec.of(ContainerSpec.of("web", image)).build()))
                .containsExactly("spec.containers[0].image");
    }

    private static ApplicationSpec withHost(String host) {
        return ApplicationSpec.of(WEB)
                .entrypoints(List.of(new Entrypoint(host, "/", Entrypoint.PathType.PREFIX, 8080)))
                .build();
    }

    private static ComputeResources resources(
            String cpuRequest, String cpuLimit, String memoryRequest, String memoryLimit) {
        return new ComputeResources(
                new Amounts(new Quantity(cpuRequest), new Quantity(memoryRequest)),
                new Amounts(new Quantity(cpuLimit), new Quantity(memoryLimit)));
    }

    private static List<String> fields(ApplicationSpec spec) {
        return check("shop", spec).stream().map(Violation::field).toList();
    }

    private static List<Violation> check(String name, ApplicationSpec spec) {
        return ApplicationValidation.check(name, spec, ZONE, HostOwners.UNKNOWN);
    }
}
