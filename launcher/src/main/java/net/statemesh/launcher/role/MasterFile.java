// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.util.List;
import net.statemesh.api.ZoneSettings;

/**
 * Configuration of the master process.
 *
 * @param stateFolder where the API server keeps its objects
 * @param listen host:port of the API server, the first one is also used by the master itself
 * @param pki folder with the certificates of the zone
 */
public record MasterFile(String stateFolder, List<String> listen, String pki, ZoneSettings zone) {
    public MasterFile {
        listen = List.copyOf(listen);
    }
}
