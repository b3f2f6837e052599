// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/** Name constraints of an authority that people put into their browsers: it can vouch for its own domains and nothing else. */
final class PermittedDomains {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private PermittedDomains() {}

    static NameConstraints constraints(List<String> domains) {
        GeneralSubtree[] permitted = domains.stream()
                .map(domain -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain)))
                .toArray(GeneralSubtree[]::new);
        // a constraint on DNS names says nothing about addresses: exclude all of them
        return new NameConstraints(
                permitted, new GeneralSubtree[] {everyAddress(IPV4_BYTES), everyAddress(IPV6_BYTES)});
    }

    /** Address and mask, both zero. */
    private static GeneralSubtree everyAddress(int addressBytes) {
        return new GeneralSubtree(
                new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[2 * addressBytes])));
    }
}
