// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

/**
 * Where one replica listens.
 *
 * @param address literal IP address of the pod
 * @param replica name of the pod: a new pod with an old address is another endpoint
 */
public record Endpoint(String address, int port, String replica) {
    private static final int MAX_PORT = 65_535;

    public Endpoint {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be from 1 to 65535: " + port);
        }
    }

    @Override
    public String toString() {
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
    }
}
