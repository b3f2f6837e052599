// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * What a process shows to prove who it is.
 *
 * @param chain own certificate first, then intermediates; the root is left out
 * @param key private key of the first certificate; never printed
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
    /** Part of the lifetime after which a new certificate should be asked for. */
    private static final int ROTATE_AFTER_THIRDS = 2;

    public Identity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an identity needs a certificate");
        }
    }

    /** Reads both files and checks that they belong together. */
    public static Identity load(Path certificateFile, Path keyFile) {
        Identity identity = new Identity(PemFiles.readCertificates(certificateFile), PemFiles.readKey(keyFile));
        if (!belongTogether(identity.certificate().getPublicKey(), identity.key)) {
            throw new StateMeshException(
                    IdentityErrors.MISMATCH,
                    "%s is not the certificate of the key %s".formatted(certificateFile, keyFile),
                    List.of("subject " + identity.certificate().getSubjectX500Principal()),
                    List.of("remove both files so that they are issued anew"));
        }
        return identity;
    }

    /** Writes both files 0600, the key first: a certificate never stands without its key. */
    public void store(Path certificateFile, Path keyFile) {
        PemFiles.writeKey(keyFile, key);
        PemFiles.writeCertificates(certificateFile, chain);
    }

    /** The certificate of this identity. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Common name and organizations of {@link #certificate()}. */
    public Subject subject() {
        return Subject.of(
                X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded()));
    }

    /** Whether two thirds of the lifetime have passed: time to rotate. */
    public boolean expiresSoon(Instant now) {
        Instant start = certificate().getNotBefore().toInstant();
        Duration lifetime = Duration.between(start, certificate().getNotAfter().toInstant());
        return !now.isBefore(
                start.plus(lifetime.multipliedBy(ROTATE_AFTER_THIRDS).dividedBy(3)));
    }

    @Override
    public String toString() {
        return "Identity[" + certificate().getSubjectX500Principal() + "]";
    }

    static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        byte[] challenge = "statemesh key check".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(privateKey, new SecureRandom());
            signer.update(challenge);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(publicKey);
            verifier.update(challenge);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
