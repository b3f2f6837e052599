// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** By what a machine and its current run are told apart; empty where the system has no such file. */
public final class MachineIds {
    private MachineIds() {}

    public static String machine() {
        return read(Path.of("/etc/machine-id"));
    }

    public static String boot() {
        return read(Path.of("/proc/sys/kernel/random/boot_id"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
