// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.EnvVariable;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.application.ProbeSpec;
import org.junit.jupiter.api.Test;

class SpecChangeTest {
    @Test
    void newApplicationWithAPortIsReachedAndReadyWhenItListens() {
        DeployFlags flags = new DeployFlags();
        flags.port = 8080;
        ApplicationSpec spec = SpecChange.apply("shop", Optional.empty(), "shop:1", flags);
        assertThat(spec.containers()).hasSize(1);
        assertThat(spec.containers().getFirst().name()).isEqualTo("shop");
        assertThat(spec.entrypoints()).containsExactly(Entrypoint.toPort(8080));
        assertThat(spec.containers().getFirst().readinessProbe()).isEqualTo(ProbeSpec.tcp(8080, 1));
        assertThat(spec.replicas()).isEqualTo(1);
    }

    @Test
    void whatIsNotGivenStays() {
        ContainerSpec web =
                ContainerSpec.of("web", "shop:1").withEnv(List.of(EnvVariable.of("A", "1"), EnvVariable.of("B", "2")));
        ContainerSpec beside = ContainerSpec.of("beside", "side:1");
        ApplicationSpec before = ApplicationSpec.of(web, beside)
                .replicas(3)
                .entrypoints(List.of(Entrypoint.toPort(80)))
                .stopped(true)
                .build();
        DeployFlags flags = new DeployFlags();
        flags.env.put("B", "3");
        flags.memory = "64Mi";
        ApplicationSpec after = SpecChange.apply("shop", Optional.of(before), "shop:2", flags);
        assertThat(after.replicas()).isEqualTo(3);
        assertThat(after.entrypoints()).isEqualTo(before.entrypoints());
        assertThat(after.containers().get(0).image()).isEqualTo("shop:2");
        assertThat(after.containers().get(0).env()).containsExactly(EnvVariable.of("A", "1"), EnvVariable.of("B", "3"));
        assertThat(after.containers().get(1)).isEqualTo(beside);
        assertThat(after.stopped()).as("a deploy starts what was stopped").isFalse();
    }

    @Test
    void portThatIsThereAlreadyLeavesHostsPortsAndProbesAlone() {
        ContainerSpec web = ContainerSpec.of("web", "shop:1")
                .withPorts(List.of(PortSpec.tcp(8080), PortSpec.tcp(9090)))
                .withProbes(ProbeSpec.http("/healthy", 8080, 2), null, null);
        Entrypoint own = new Entrypoint("www.example", "/shop", Entrypoint.PathType.PREFIX, 8080);
        ApplicationSpec before = ApplicationSpec.of(web)
                .entrypoints(List.of(own, Entrypoint.toPort(9090)))
                .build();
        DeployFlags flags = new DeployFlags();
        flags.port = 8080;
        ApplicationSpec after = SpecChange.apply("shop", Optional.of(before), "shop:1", flags);
        assertThat(after.entrypoints()).isEqualTo(before.entrypoints());
        assertThat(after.containers()).isEqualTo(before.containers());

        flags.port = 7070;
        assertThatThrownBy(() -> SpecChange.apply("shop", Optional.of(before), "shop:1", flags))
                .hasMessageContaining("entrypoints to several ports: /shop to 8080, / to 9090");
    }

    @Test
    void otherPortMovesEntrypointsAndTheProbeThatCameWithThem() {
        DeployFlags flags = new DeployFlags();
        flags.port = 80;
        ApplicationSpec before = SpecChange.apply("shop", Optional.empty(), "shop:1", flags);
        flags.port = 8080;
        ApplicationSpec after = SpecChange.apply("shop", Optional.of(before), "shop:1", flags);
        assertThat(after.entrypoints()).containsExactly(Entrypoint.toPort(8080));
        assertThat(after.containers().getFirst().ports()).containsExactly(PortSpec.tcp(8080));
        assertThat(after.containers().getFirst().readinessProbe()).isEqualTo(ProbeSpec.tcp(8080, 1));
    }

    @Test
    void planNamesWhatChanges() {
        DeployFlags flags = new DeployFlags();
        ApplicationSpec before = SpecChange.apply("shop", Optional.empty(), "shop:1", flags);
        flags.replicas = 3;
        ApplicationSpec after = SpecChange.apply("shop", Optional.of(before), "shop:2", flags);
        Plan plan = Plan.between(Optional.of(Statuses.tree(before)), Statuses.tree(after));
        assertThat(plan.kind()).isEqualTo(Plan.Kind.UPDATED);
        assertThat(plan.changes()).containsExactly("~ containers[shop].image = shop:1 → shop:2", "~ replicas = 1 → 3");
        assertThat(Plan.between(Optional.of(Statuses.tree(after)), Statuses.tree(after))
                        .kind())
                .isEqualTo(Plan.Kind.UNCHANGED);
    }
}
