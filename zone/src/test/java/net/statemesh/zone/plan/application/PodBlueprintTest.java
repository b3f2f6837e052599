// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Annotations;
import net.statemesh.api.Labels;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ComputeResources;
import net.statemesh.api.application.Domain;
import net.statemesh.api.application.EnvVariable;
import net.statemesh.api.application.Placement;
import net.statemesh.api.application.Priority;
import net.statemesh.api.application.ProbeSpec;
import net.statemesh.api.application.Requirements;
import org.junit.jupiter.api.Test;

class PodBlueprintTest {
    private static final String HOST = "shop-x7k2p.local-1.statemesh.localhost";

    private final Fixture zone = new Fixture(1);

    @Test
    void podCarriesNamesOwnerAndSafeDefaults() {
        zone.spec(zone.application.getSpec().toBuilder()
                .annotations(Map.of("team", "blue"))
                .build());
        Pod pod = pod();
        assertThat(pod.getMetadata().getName()).matches("shop-x7k2p-[a-z2-7]{5}-0");
        assertThat(pod.getMetadata().getLabels())
                .containsEntry(Labels.PROJECT, "team")
                .containsEntry(Labels.APPLICATION, "shop")
                .containsEntry(Labels.APPLICATION_ID, "x7k2p")
                .containsKey(Labels.REVISION);
        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry("team", "blue")
                .containsEntry(
                        Annotations.PORTS,
                        "{\"declared\":[8080],\"entrypoints\":[{\"path\":\"/\",\"pathType\":\"Prefix\",\"port\":8080}]}");
        assertThat(pod.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getUid()).isEqualTo("uid-of-shop");
            assertThat(owner.getController()).isTrue();
            assertThat(owner.getBlockOwnerDeletion()).isTrue();
        });
        assertThat(pod.getSpec().getSchedulerName()).isEqualTo("statemesh");
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
        assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        assertThat(web(pod).getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(web(pod).getSecurityContext().getCapabilities().getDrop()).contains("NET_RAW", "MKNOD");
    }

    @Test
    void ingressDomainIsExpandedAndGiven() {
        zone.spec(ApplicationSpec.of(Fixture.WEB.withEnv(List.of(
                        EnvVariable.of("URL", "https://$(INGRESS_DOMAIN)/x"),
                        new EnvVariable("KEY", null, new EnvVariable.SecretKey("s", "k")))))
                .build());
        List<EnvVar> env = web(pod()).getEnv();
        assertThat(env).extracting(EnvVar::getName).containsExactly("INGRESS_DOMAIN", "URL", "KEY");
        assertThat(env.get(0).getValue()).isEqualTo(HOST);
        assertThat(env.get(1).getValue()).isEqualTo("https://" + HOST + "/x");
        assertThat(env.get(2).getValueFrom().getSecretKeyRef().getKey()).isEqualTo("k");
    }

    @Test
    void requestsDefaultToLimitsAndThenToSmallOnes() {
        assertThat(web(pod()).getResources().getRequests())
                .containsEntry("cpu", new Quantity("20m"))
                .containsEntry("memory", new Quantity("32Mi"));
        zone.spec(ApplicationSpec.of(Fixture.WEB.withResources(
                        new ComputeResources(null, new ComputeResources.Amounts(new Quantity("2"), null))))
                .build());
        assertThat(web(pod()).getResources().getRequests()).containsEntry("cpu", new Quantity("2"));
        assertThat(web(pod()).getResources().getLimits()).containsOnlyKeys("cpu");
    }

    @Test
    void portBehindAnEntrypointIsProbedUnlessTheCustomerProbes() {
        assertThat(web(pod()).getReadinessProbe().getTcpSocket().getPort().getIntVal())
                .isEqualTo(8080);
        zone.spec(zone.application.getSpec().toBuilder()
                .containers(List.of(Fixture.WEB.withProbes(ProbeSpec.http("/ok", 8080, 3), null, null)))
                .build());
        assertThat(web(pod()).getReadinessProbe().getHttpGet().getPath()).isEqualTo("/ok");
        zone.spec(ApplicationSpec.of(Fixture.WEB).build());
        assertThat(web(pod()).getReadinessProbe()).isNull();
    }

    @Test
    void requirementsBecomeSelectorAndAffinity() {
        zone.spec(zone.application.getSpec().toBuilder()
                .requirements(new Requirements(
                        List.of(Requirements.NodeClass.BARE_METAL, Requirements.NodeClass.DATACENTER),
                        "eu",
                        null,
                        List.of("avx2"),
                        2,
                        true,
                        Requirements.NodeAddress.PUBLIC,
                        List.of()))
                .build());
        Pod pod = pod();
        assertThat(pod.getSpec().getNodeSelector())
                .containsOnly(
                        Map.entry(Labels.REGION, "eu"),
                        Map.entry(Labels.NODE_ADDRESS, "public"),
                        Map.entry(Labels.NODE_VIRTUALISATION, "true"),
                        Map.entry("cpu.statemesh.net/avx2", "true"));
        assertThat(pod.getSpec()
                        .getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms()
                        .getFirst()
                        .getMatchExpressions())
                .extracting(expression -> expression.getKey() + expression.getOperator() + expression.getValues())
                .containsExactly(Labels.NODE_CLASS + "In[bare-metal, datacenter]", Labels.NODE_GPU + "Gt[1]");
    }

    @Test
    void placementBecomesWhatAnyKubernetesSchedulerUnderstands() {
        zone.spec(zone.application.getSpec().toBuilder()
                .replicas(3)
                .priority(Priority.HIGH)
                .requirements(new Requirements(List.of(), null, null, List.of(), 2, false, null, List.of()))
                .placement(new Placement(
                        List.of(new Placement.Spread(Domain.OPERATOR, 2, Placement.Rule.REQUIRED)),
                        List.of(new Placement.Neighbour("db", Domain.ZONE, Placement.Rule.REQUIRED)),
                        List.of(new Placement.Neighbour("batch", Domain.NODE, Placement.Rule.PREFERRED)),
                        new Placement.Gang(90)))
                .build());
        Pod pod = pod();
        assertThat(pod.getMetadata().getLabels()).containsEntry(Labels.PRIORITY, "High");
        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry(Annotations.GPUS, "2")
                .containsEntry(Annotations.GANG_SIZE, "3")
                .containsEntry(Annotations.GANG_TIMEOUT_SECONDS, "90");
        assertThat(pod.getSpec().getTopologySpreadConstraints())
                .extracting(rule -> rule.getTopologyKey() + " " + rule.getMaxSkew() + " " + rule.getWhenUnsatisfiable()
                        + " " + rule.getLabelSelector().getMatchLabels().get(Labels.APPLICATION))
                .containsExactly(Labels.OPERATOR + " 2 DoNotSchedule shop");
        assertThat(pod.getSpec().getAffinity().getPodAffinity().getRequiredDuringSchedulingIgnoredDuringExecution())
                .extracting(term -> term.getTopologyKey() + " "
                        + term.getLabelSelector().getMatchLabels().get(Labels.APPLICATION))
                .containsExactly(Labels.ZONE + " db");
        assertThat(pod.getSpec()
                        .getAffinity()
                        .getPodAntiAffinity()
                        .getPreferredDuringSchedulingIgnoredDuringExecution())
                .extracting(term -> term.getPodAffinityTerm().getTopologyKey())
                .containsExactly(Labels.HOSTNAME);
    }

    @Test
    void priorityAndPlacementAreARevisionOfTheirOwn() {
        ApplicationSpec plain = ApplicationSpec.of(Fixture.WEB).build();
        assertThat(Revision.of(plain.toBuilder().priority(Priority.HIGH).build()))
                .isNotEqualTo(Revision.of(plain));
        assertThat(Revision.of(plain.toBuilder().placement(Placement.NONE).build()))
                .isNotEqualTo(Revision.of(plain));
    }

    /** A changed value here means that every running replica of every zone is replaced by the next release. */
    @Test
    void revisionOfAKnownSpecNeverChanges() {
        assertThat(Revision.of(ApplicationSpec.of(Fixture.WEB).build())).isEqualTo("42qnn");
    }

    private Pod pod() {
        Fixture fresh = new Fixture(1);
        fresh.application.setSpec(zone.application.getSpec());
        return ((Action.Create) fresh.plan().actions().getFirst()).pod();
    }

    private Container web(Pod pod) {
        return pod.getSpec().getContainers().getFirst();
    }
}
