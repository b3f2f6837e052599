// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certificate signing request (PKCS #10, RFC 2986) whose signature was checked: its sender holds the key. What it asks for is
 * a wish; the authority decides what it signs.
 */
public record CertificateRequest(Subject subject, AlternativeNames names, PublicKey key) {
    private static final int MAX_REQUEST_CHARS = 16 << 10;

    /** PEM text of a request for {@code keys}. */
    public static String create(KeyPair keys, Subject subject, AlternativeNames names) {
        try {
            var builder = new JcaPKCS10CertificationRequestBuilder(subject.toX500(), keys.getPublic());
            if (!names.isEmpty()) {
                ExtensionsGenerator extensions = new ExtensionsGenerator();
                extensions.addExtension(Extension.subjectAlternativeName, false, names.toGeneralNames());
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return PemFiles.block("CERTIFICATE REQUEST", builder.build(signer).getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw IdentityErrors.notSigned("the certificate request could not be made", e);
        }
    }

    /** Reads and verifies PEM text; {@code SM-IDENTITY-004} when it is not a request signed by its own key. */
    public static CertificateRequest parse(String pem) {
        if (pem.length() > MAX_REQUEST_CHARS) {
            throw refused("is longer than " + MAX_REQUEST_CHARS + " characters", null);
        }
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest parsed)) {
                throw refused("is not a CERTIFICATE REQUEST in PEM form", null);
            }
            PublicKey key = new JcaPKCS10CertificationRequest(parsed).getPublicKey();
            if (!parsed.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw refused("is not signed by its own key", null);
            }
            return new CertificateRequest(Subject.of(parsed.getSubject()), names(parsed), key);
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | IllegalArgumentException e) {
            throw refused("is malformed", e);
        }
    }

    private static AlternativeNames names(PKCS10CertificationRequest request) throws UnknownHostException {
        GeneralNames wanted =
                GeneralNames.fromExtensions(request.getRequestedExtensions(), Extension.subjectAlternativeName);
        List<String> dnsNames = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        for (GeneralName name : wanted == null ? new GeneralName[0] : wanted.getNames()) {
            switch (name.getTagNo()) {
                case GeneralName.dNSName -> dnsNames.add(name.getName().toString());
                case GeneralName.iPAddress ->
                    addresses.add(InetAddress.getByAddress(
                            ASN1OctetString.getInstance(name.getName()).getOctets()));
                default -> throw refused("asks for a name that is neither a DNS name nor an address", null);
            }
        }
        return new AlternativeNames(dnsNames, addresses);
    }

    private static StateMeshException refused(String why, @Nullable Throwable cause) {
        return new StateMeshException(
                IdentityErrors.BAD_REQUEST,
                "the certificate request " + why,
                IdentityErrors.evidence(cause),
                List.of("send a PKCS #10 request in PEM form, signed by the key it is for"),
                cause);
    }
}
