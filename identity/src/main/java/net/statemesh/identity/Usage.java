// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Which end of a TLS connection a certificate may be used on. */
public enum Usage {
    CLIENT,
    SERVER,
    CLIENT_AND_SERVER;

    ExtendedKeyUsage extension() {
        return switch (this) {
            case CLIENT -> new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
            case SERVER -> new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
            case CLIENT_AND_SERVER ->
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth});
        };
    }
}
