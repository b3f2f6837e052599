// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HostnamesTest {
    private static final ZoneSettings ZONE = new ZoneSettings("local-1", "statemesh.localhost", 8443, 8080, "");

    @Test
    void generatedNameIsApplicationIdZoneDomain() {
        assertThat(Hostnames.generated("hello", "x7k2p", ZONE)).isEqualTo("hello-x7k2p.local-1.statemesh.localhost");
    }

    @Test
    void longestApplicationNameFitsOneLabelAndOneMoreDoesNot() {
        String longest = "a".repeat(Hostnames.MAX_APPLICATION_NAME_LENGTH);
        assertThat(Hostnames.generated(longest, "x7k2p", ZONE)).startsWith(longest + "-x7k2p.");
        assertThatThrownBy(() -> Hostnames.generated(longest + "a", "x7k2p", ZONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 57");
    }

    @Test
    void dnsNamesHaveNoEmptyLabelsAndAtMost253Characters() {
        assertThat(Hostnames.isDnsName("a.b-c.d0")).isTrue();
        assertThat(Hostnames.isDnsName("a..b")).isFalse();
        assertThat(Hostnames.isDnsName("-a.b")).isFalse();
        assertThat(Hostnames.isDnsName("A.b")).isFalse();
        assertThat(Hostnames.isDnsName("a.".repeat(126) + "a")).isTrue();
        assertThat(Hostnames.isDnsName("a.".repeat(127) + "a")).isFalse();
    }

    @Test
    void onlyNamesBelowTheSuffixAreInTheZone() {
        assertThat(Hostnames.isInZone("x.local-1.statemesh.localhost", ZONE)).isTrue();
        assertThat(Hostnames.isInZone("local-1.statemesh.localhost", ZONE)).isFalse();
        assertThat(Hostnames.isInZone("xlocal-1.statemesh.localhost", ZONE)).isFalse();
    }
}
