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
            java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format = %1$tFT%1$tT.%1$tL%1$tz %4$s %3$s %5$s%6$s%n
            io.netty.level = WARNING
            io.grpc.level = WARNING
            io.fabric8.level = WARNING
            # our own resources are v1alpha1, and we know
            io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils.level = SEVERE
            """;

    private RoleLog() {}

    public static void configure() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
