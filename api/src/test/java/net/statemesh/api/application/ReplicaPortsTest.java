// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaPortsTest {
    private static final Entrypoint ROOT = Entrypoint.toPort(8080);
    private static final Entrypoint API = prefix(null, "/api", 8081);
    private static final ReplicaPorts OLD = new ReplicaPorts(List.of(8080, 8081, 9000), List.of(ROOT, API));

    @Test
    void portThatTheReplicaHasIsUsedAtOnce() {
        assertThat(OLD.portFor(Entrypoint.toPort(9000))).contains(9000);
    }

    @Test
    void entrypointThatMovedReachesTheReplicaWhereItUsedTo() {
        assertThat(OLD.portFor(Entrypoint.toPort(7000))).contains(8080);
        assertThat(OLD.portFor(prefix(null, "/api", 7001))).contains(8081);
    }

    @Test
    void newPathIsAnsweredByWhatCoveredIt() {
        assertThat(OLD.portFor(prefix(null, "/api/v2", 7000))).contains(8081);
        assertThat(OLD.portFor(prefix(null, "/apiary", 7000)))
                .as("whole path elements")
                .contains(8080);
    }

    @Test
    void otherHostOrPathIsAnsweredByTheOnlyPortOrNotAtAll() {
        ReplicaPorts one = new ReplicaPorts(List.of(8081), List.of(API));
        assertThat(one.portFor(prefix("other.zone", "/", 7000))).contains(8081);
        ReplicaPorts two = new ReplicaPorts(List.of(8081, 8082), List.of(API, prefix(null, "/admin", 8082)));
        assertThat(two.portFor(Entrypoint.toPort(7000))).isEmpty();
    }

    @Test
    void onlyTcpPortsAreDeclared() {
        ContainerSpec web = ContainerSpec.of("web", "web:1")
                .withPorts(List.of(PortSpec.tcp(80), new PortSpec(null, 53, PortSpec.Protocol.UDP)));
        assertThat(ReplicaPorts.of(ApplicationSpec.of(web).build()).declared()).containsExactly(80);
    }

    private static Entrypoint prefix(String host, String path, int port) {
        return new Entrypoint(host, path, Entrypoint.PathType.PREFIX, port);
    }
}
