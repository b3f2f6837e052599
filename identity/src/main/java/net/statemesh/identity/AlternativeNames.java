// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.Hostnames;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Names a server certificate is valid for (RFC 5280, 4.2.1.6).
 *
 * @param dnsNames lower case, may start with {@code *.}
 */
public record AlternativeNames(List<String> dnsNames, List<InetAddress> addresses) {
    private static final String WILDCARD = "*.";
    public static final AlternativeNames NONE = new AlternativeNames(List.of(), List.of());

    public AlternativeNames {
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
        for (String name : dnsNames) {
            if (!Hostnames.isDnsName(name.startsWith(WILDCARD) ? name.substring(WILDCARD.length()) : name)) {
                throw new IllegalArgumentException(
                        "a certificate names a DNS name in lower case, or *. and a DNS name: '" + name + "'");
            }
        }
    }

    public static AlternativeNames dns(String... names) {
        return new AlternativeNames(List.of(names), List.of());
    }

    boolean isEmpty() {
        return dnsNames.isEmpty() && addresses.isEmpty();
    }

    GeneralNames toGeneralNames() {
        List<GeneralName> names = new ArrayList<>();
        dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address.getHostAddress())));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
