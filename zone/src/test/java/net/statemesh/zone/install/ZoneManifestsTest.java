// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import net.statemesh.api.ZoneSettings;
import org.junit.jupiter.api.Test;

class ZoneManifestsTest {
    private static final ZoneSettings SETTINGS =
            new ZoneSettings("local-1", "statemesh.localhost", 8443, 8080, "10.64.0.1:5000");

    @Test
    void namespacesComeBeforeWhatLivesInThem() {
        List<HasMetadata> objects = ZoneManifests.kept(SETTINGS);
        for (int i = 0; i < objects.size(); i++) {
            String namespace = objects.get(i).getMetadata().getNamespace();
            if (namespace != null) {
                assertThat(objects.subList(0, i))
                        .as("namespace of %s", objects.get(i).getMetadata().getName())
                        .anyMatch(earlier -> earlier.getKind().equals("Namespace")
                                && earlier.getMetadata().getName().equals(namespace));
            }
        }
    }

    @Test
    void settingsSurviveTheConfigMap() {
        HasMetadata configMap = ZoneManifests.objects(SETTINGS).stream()
                .filter(object -> object.getKind().equals("ConfigMap"))
                .findFirst()
                .orElseThrow();
        assertThat(ZoneSettings.from((io.fabric8.kubernetes.api.model.ConfigMap) configMap))
                .isEqualTo(SETTINGS);
    }

    @Test
    void noRoleUsesWildcardsOrReadsSecretsOfOthers() {
        List<ClusterRole> roles = List.of(Roles.master(), Roles.ingress());
        assertThat(roles).allSatisfy(role -> assertThat(role.getRules()).allSatisfy(ZoneManifestsTest::isNarrow));
        assertThat(Roles.ingress().getRules())
                .allSatisfy(rule -> assertThat(rule.getVerbs()).containsOnly("get", "list", "watch"));
    }

    private static void isNarrow(PolicyRule rule) {
        assertThat(rule.getVerbs()).doesNotContain("*");
        assertThat(rule.getResources()).doesNotContain("*", "secrets");
    }
}
