// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import net.statemesh.api.Hostnames;
import net.statemesh.api.ZoneSettings;

/**
 * The applications that are routed to: each with a generated host, the paths {@value #PATH} and {@value #OTHER_PATH}, and some replicas, all of which
 * are the same back end under other loopback addresses.
 *
 * @param port of the back end
 */
record Site(int applications, int replicas, int port) {
    static final ZoneSettings ZONE = new ZoneSettings("bench-1", "statemesh.localhost", 8443, 8080, "");
    static final String PATH = "/web";
    static final String OTHER_PATH = "/api";
    static final int PATHS = 2;
    /** No project of an API server holds everything. */
    static final int PROJECTS = 20;

    private static final int ID_RADIX = 36;
    private static final int ADDRESS_BITS = 8;
    private static final int ADDRESS_MASK = 255;

    static String project(int application) {
        return "bench-" + application % PROJECTS;
    }

    String name(int application) {
        return "web-" + application;
    }

    /** Five characters, as the master gives them. */
    String id(int application) {
        return "%5s".formatted(Integer.toString(application, ID_RADIX)).replace(' ', '0');
    }

    String host(int application) {
        return Hostnames.generated(name(application), id(application), ZONE);
    }

    /** A loopback address of its own. */
    String address(int application, int replica) {
        return "127.%d.%d.%d".formatted(replica + 1, application >> ADDRESS_BITS, application & ADDRESS_MASK);
    }
}
