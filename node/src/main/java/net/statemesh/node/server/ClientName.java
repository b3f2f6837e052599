// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import java.security.Principal;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Who is at the other end of a mutually authenticated connection. */
final class ClientName {
    /** The only one whom the kubelet API serves. */
    static final String API_SERVER = "statemesh:api-server";

    private ClientName() {}

    static boolean isApiServer(SSLSession session) {
        try {
            Principal peer = session.getPeerPrincipal();
            return peer != null && API_SERVER.equals(commonName(peer.getName()));
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    /** Common name of an X.500 name (RFC 4514); empty when it has none. */
    static String commonName(String distinguishedName) {
        try {
            return new LdapName(distinguishedName)
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException e) {
            return "";
        }
    }
}
