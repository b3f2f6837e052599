// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** One line per event on standard error, which the supervisor appends to the log of the process. */
public final class RoleLog {
    private static final String CONFIGURATION = """
            handlers = java.util.logging.ConsoleHandler
            .level = INFO
            java.util.logging.ConsoleHandler.level = ALL
            java.util.logging.ConsoleHandler.formatter = net.statemesh.launcher.role.LineFormatter
            io.netty.level = WARNING
            # gRPC sets an option of TCP on containerd's socket
            io.netty.bootstrap.Bootstrap.level = SEVERE
            io.grpc.level = WARNING
            io.fabric8.level = WARNING
            # an API server that is away is told by our own lines, once; and we know that our resources are v1alpha1
            io.fabric8.kubernetes.client.informers.level = SEVERE
            io.fabric8.kubernetes.client.dsl.internal.level = SEVERE
            """;

    private RoleLog() {}

    public static void configure() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
