// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Who a certificate speaks for, as Kubernetes reads it.
 *
 * @param commonName the user name, for example {@code system:node:node-1}
 * @param organizations the groups, for example {@code system:nodes}
 */
public record Subject(String commonName, List<String> organizations) {
    /** Upper bound of X.520 for both attributes. */
    static final int MAX_ATTRIBUTE_CHARS = 64;
    /** Nothing that another reader of the certificate could take for something else. */
    private static final String PLAIN = "[^\\p{Cntrl}\\\\]*";

    public Subject {
        organizations = List.copyOf(organizations);
        check("commonName", commonName);
        organizations.forEach(organization -> check("organization", organization));
    }

    public Subject(String commonName, String... organizations) {
        this(commonName, List.of(organizations));
    }

    X500Name toX500() {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        organizations.forEach(organization -> name.addRDN(BCStyle.O, organization));
        return name.addRDN(BCStyle.CN, commonName).build();
    }

    /** The subject of a parsed certificate or request; attributes other than CN and O are left out. */
    static Subject of(X500Name name) {
        String commonName = values(name, BCStyle.CN).stream().findFirst().orElse("");
        return new Subject(commonName, values(name, BCStyle.O));
    }

    private static List<String> values(X500Name name, ASN1ObjectIdentifier attribute) {
        return Arrays.stream(name.getRDNs())
                .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
                .filter(part -> part.getType().equals(attribute))
                .map(part -> part.getValue() instanceof ASN1String text ? text.getString() : "")
                .toList();
    }

    private static void check(String field, String value) {
        if (value.isBlank() || value.length() > MAX_ATTRIBUTE_CHARS || !value.matches(PLAIN)) {
            throw new IllegalArgumentException(
                    "%s must have 1 to %d characters, none of them a control character or a backslash: '%s'"
                            .formatted(field, MAX_ATTRIBUTE_CHARS, value));
        }
    }
}
