// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.pki.ZonePki;

/** Configuration of docker-registry: TLS in both directions, images below the zone folder. */
public final class RegistryConfig {
    public static final int PORT = 5000;

    private RegistryConfig() {}

    /**
     * The file.
     *
     * @param address host:port to listen at
     */
    public static String render(ZoneFolder folder, String address) {
        return """
                version: 0.1
                log:
                  level: warn
                  accesslog:
                    disabled: true
                storage:
                  filesystem:
                    rootdirectory: "%s"
                http:
                  addr: "%s"
                  net: tcp
                  tls:
                    certificate: "%s"
                    key: "%s"
                    clientcas:
                      - "%s"
                """.formatted(
                        folder.registry().resolve("images"),
                        address,
                        folder.certificate("registry"),
                        folder.key("registry"),
                        folder.certificate(ZonePki.ZONE_CA));
    }
}
