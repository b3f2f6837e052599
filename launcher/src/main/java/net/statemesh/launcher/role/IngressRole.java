// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.nio.file.Path;

/** The HTTPS router. */
final class IngressRole {
    private IngressRole() {}

    static void run(Path configFile) throws Exception {}
}
