// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mixin: what {@code deploy} takes to describe an application without a manifest. What is not given stays as it is. */
final class DeployFlags {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "TCP port that the application listens on; gives it a URL.")
    @Nullable
    Integer port;

    @Option(names = "--replicas", paramLabel = "N", description = "How many replicas run.")
    @Nullable
    Integer replicas;

    @Option(names = "--cpu", paramLabel = "CORES", description = "Cores of each replica: 500m, 2.")
    @Nullable
    String cpu;

    @Option(names = "--memory", paramLabel = "BYTES", description = "Memory of each replica: 128Mi, 2Gi.")
    @Nullable
    String memory;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "Environment variable; $(INGRESS_DOMAIN) becomes the generated host. Repeatable.")
    Map<String, String> env = new LinkedHashMap<>();

    @Option(
            names = "--pull-secret",
            paramLabel = "NAME",
            description = "Secret of the project with the credentials of a private registry. Repeatable.")
    List<String> pullSecrets = new ArrayList<>();

    @Mixin
    final PlacementFlags placement = new PlacementFlags();

    boolean isEmpty() {
        return port == null
                && replicas == null
                && cpu == null
                && memory == null
                && env.isEmpty()
                && pullSecrets.isEmpty()
                && placement.isEmpty();
    }
}
