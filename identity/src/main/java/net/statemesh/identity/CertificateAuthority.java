// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A root that signs end-entity certificates directly (EC P-256, SHA-256; path length 0). Clock and randomness are handed in.
 * Safe for use by several threads.
 */
public final class CertificateAuthority {
    /** Certificates start a little in the past, so that a peer whose clock is behind accepts them. */
    public static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 128;
    private static final String SIGNATURE = "SHA256withECDSA";

    private final Identity root;
    private final Clock clock;
    private final SecureRandom random;

    private CertificateAuthority(Identity root, Clock clock, SecureRandom random) {
        this.root = root;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes a new root.
     *
     * @param permittedDomains DNS subtrees its certificates may be valid for (name constraints, RFC 5280, 4.2.1.10; then no
     *     addresses at all); empty for an authority that also names machines by address
     */
    public static CertificateAuthority create(
            String commonName, List<String> permittedDomains, Duration validity, Clock clock, SecureRandom random) {
        KeyPair keys = generateKeys(random);
        X500Name name = new Subject(commonName).toX500();
        Instant now = clock.instant();
        try {
            X509v3CertificateBuilder builder =
                    builder(name, serial(random), now.minus(BACKDATED), now.plus(validity), name, keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            if (!permittedDomains.isEmpty()) {
                builder.addExtension(Extension.nameConstraints, true, PermittedDomains.constraints(permittedDomains));
            }
            return new CertificateAuthority(
                    new Identity(List.of(signed(builder, keys, random)), keys.getPrivate()), clock, random);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw IdentityErrors.notSigned("the authority '%s' could not be made".formatted(commonName), e);
        }
    }

    /** Reads an authority that {@link #store} wrote. */
    public static CertificateAuthority load(Path certificateFile, Path keyFile, Clock clock, SecureRandom random) {
        return new CertificateAuthority(Identity.load(certificateFile, keyFile), clock, random);
    }

    /** Reads the authority, or makes and stores it when its certificate file does not exist yet. */
    public static CertificateAuthority loadOrCreate(
            Path certificateFile,
            Path keyFile,
            String commonName,
            List<String> permittedDomains,
            Duration validity,
            Clock clock,
            SecureRandom random) {
        if (Files.exists(certificateFile)) {
            return load(certificateFile, keyFile, clock, random);
        }
        CertificateAuthority made = create(commonName, permittedDomains, validity, clock, random);
        made.store(certificateFile, keyFile);
        return made;
    }

    /** Writes certificate and key, both 0600. */
    public void store(Path certificateFile, Path keyFile) {
        root.store(certificateFile, keyFile);
    }

    /** The root certificate: what peers trust. */
    public X509Certificate certificate() {
        return root.certificate();
    }

    /** Makes a fresh key and a certificate for it. */
    public Identity issue(Subject subject, AlternativeNames names, Usage usage, Duration validity) {
        KeyPair keys = generateKeys(random);
        return new Identity(List.of(sign(keys.getPublic(), subject, names, usage, validity)), keys.getPrivate());
    }

    /** Signs the key of a verified request for what the caller decided, whatever the request asked for. */
    public X509Certificate sign(
            CertificateRequest request, Subject subject, AlternativeNames names, Usage usage, Duration validity) {
        return sign(request.key(), subject, names, usage, validity);
    }

    /** Signs a key; the certificate never outlives the root. */
    public X509Certificate sign(
            PublicKey key, Subject subject, AlternativeNames names, Usage usage, Duration validity) {
        if (!validity.isPositive()) {
            throw new IllegalArgumentException("a certificate is valid for a positive time: " + validity);
        }
        Instant now = clock.instant();
        Instant rootEnd = certificate().getNotAfter().toInstant();
        Instant end = now.plus(validity).isBefore(rootEnd) ? now.plus(validity) : rootEnd;
        X500Name issuer =
                X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
        try {
            X509v3CertificateBuilder builder =
                    builder(issuer, serial(random), now.minus(BACKDATED), end, subject.toX500(), key);
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, usage.extension());
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(certificate().getPublicKey()));
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, names.toGeneralNames());
            }
            return signed(builder, new KeyPair(certificate().getPublicKey(), root.key()), random);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw IdentityErrors.notSigned("no certificate for '%s'".formatted(subject.commonName()), e);
        }
    }

    /** A fresh EC P-256 key pair. */
    public static KeyPair generateKeys(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw IdentityErrors.notSigned("this Java runtime makes no EC P-256 keys", e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, BigInteger serial, Instant start, Instant end, X500Name subject, PublicKey key) {
        return new JcaX509v3CertificateBuilder(issuer, serial, seconds(start), seconds(end), subject, key);
    }

    private static Date seconds(Instant instant) {
        return Date.from(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).max(BigInteger.ONE);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair signer, SecureRandom random)
            throws OperatorCreationException, GeneralSecurityException {
        var contentSigner =
                new JcaContentSignerBuilder(SIGNATURE).setSecureRandom(random).build(signer.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner));
    }
}
