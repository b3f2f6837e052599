// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Domain;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.EnvVariable;
import net.statemesh.api.application.Placement;
import net.statemesh.api.application.Placement.Gang;
import net.statemesh.api.application.Placement.Neighbour;
import net.statemesh.api.application.Placement.Rule;
import net.statemesh.api.application.Placement.Spread;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.application.Priority;
import net.statemesh.api.application.ProbeSpec;
import net.statemesh.api.application.Requirements;
import net.statemesh.api.application.Requirements.DiskClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void placementThatIsTypedIsThatOfTheSpec() {
        DeployFlags flags = new DeployFlags();
        flags.placement.priority = Priority.HIGH;
        flags.placement.spread = List.of("operator:required", "Node");
        flags.placement.near = List.of("db:zone", "cache:preferred");
        flags.placement.apart = List.of("shop");
        flags.placement.gang = true;
        flags.placement.require = List.of("disk=nvme,ssd", "gpus=2", "region=eu", "cpu=avx2", "virtualisation=true");
        ApplicationSpec spec = SpecChange.apply("shop", Optional.empty(), "shop:1", flags);
        assertThat(spec.priority()).isEqualTo(Priority.HIGH);
        assertThat(spec.placement())
                .isEqualTo(new Placement(
                        List.of(
                                new Spread(Domain.OPERATOR, 1, Rule.REQUIRED),
                                new Spread(Domain.NODE, 1, Rule.PREFERRED)),
                        List.of(
                                new Neighbour("db", Domain.ZONE, Rule.REQUIRED),
                                new Neighbour("cache", Domain.NODE, Rule.PREFERRED)),
                        List.of(new Neighbour("shop", Domain.NODE, Rule.REQUIRED)),
                        new Gang(60)));
        assertThat(spec.requirements())
                .isEqualTo(new Requirements(
                        List.of(), "eu", null, List.of("avx2"), 2, true, null, List.of(DiskClass.NVME, DiskClass.SSD)));
    }

    @Test
    void placementThatIsNotTypedStaysAndEndsWhenThatIsTyped() {
        DeployFlags first = new DeployFlags();
        first.placement.spread = List.of("operator");
        first.placement.apart = List.of("shop");
        first.placement.gang = true;
        first.placement.require = List.of("disk=ssd", "gpus=1");
        ApplicationSpec before = SpecChange.apply("shop", Optional.empty(), "shop:1", first);
        assertThat(SpecChange.apply("shop", Optional.of(before), "shop:1", new DeployFlags()))
                .isEqualTo(before);

        DeployFlags some = new DeployFlags();
        some.placement.apart = List.of("none");
        some.placement.require = List.of("gpus=");
        ApplicationSpec fewer = SpecChange.apply("shop", Optional.of(before), "shop:1", some);
        assertThat(fewer.placement())
                .isEqualTo(new Placement(before.placement().spread(), List.of(), List.of(), new Gang(60)));
        assertThat(fewer.requirements().disks()).containsExactly(DiskClass.SSD);
        assertThat(fewer.requirements().gpus()).isZero();

        some.placement.spread = List.of("none");
        some.placement.gang = false;
        some.placement.require = List.of("gpus=", "disk=");
        ApplicationSpec none = SpecChange.apply("shop", Optional.of(before), "shop:1", some);
        assertThat(none.placement()).isNull();
        assertThat(none.requirements()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "--spread, rack, '--spread is ''rack'': accepted is node, operator, zone or region.'",
        "--spread, operator:always, 'the rule of --spread operator:always is ''always'': accepted is required or preferred.'",
        "--near, db:rack, '--near db:rack is ''rack'': accepted is node, operator, zone or region, and required or preferred.'",
        "--require, disk, '--require is ''disk'': accepted is NAME=VALUE.'",
        "--require, disk=tape, '--require disk is ''tape'': accepted is nvme, ssd or hdd.'",
        "--require, colour=red, '--require is ''colour'': accepted is class, disk'",
        "--require, gpus=some, '--require gpus is ''some'': accepted is a whole number.'",
    })
    void placementThatMeansNothingIsRefusedWithWhatWouldBeAccepted(String option, String value, String sentence) {
        DeployFlags flags = new DeployFlags();
        switch (option) {
            case "--spread" -> flags.placement.spread = List.of(value);
            case "--near" -> flags.placement.near = List.of(value);
            default -> flags.placement.require = List.of(value);
        }
        assertThatThrownBy(() -> SpecChange.apply("shop", Optional.empty(), "shop:1", flags))
                .hasMessageContaining(sentence);
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
