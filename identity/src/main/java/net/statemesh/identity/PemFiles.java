// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as PEM text (RFC 7468): certificate chains leaf first, private keys as PKCS #8. */
public final class PemFiles {
    /** More than any chain we sign; keeps a wrong path from filling memory. */
    static final int MAX_PEM_BYTES = 1 << 20;

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final Pattern KEY_BLOCK =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PemFiles() {}

    /** Reads every certificate of a file, in order; at least one. */
    public static List<X509Certificate> readCertificates(Path file) {
        try {
            List<X509Certificate> certificates = parseCertificates(readBounded(file));
            if (certificates.isEmpty()) {
                throw IdentityErrors.unreadable(file, "certificates in PEM form: it holds none", null);
            }
            return certificates;
        } catch (IOException | GeneralSecurityException e) {
            throw IdentityErrors.unreadable(file, "certificates in PEM form", e);
        }
    }

    /** Reads an EC private key in PKCS #8 form. */
    public static PrivateKey readKey(Path file) {
        try {
            Matcher block = KEY_BLOCK.matcher(new String(readBounded(file), StandardCharsets.US_ASCII));
            if (!block.find()) {
                throw IdentityErrors.unreadable(file, "a PKCS #8 private key in PEM form", null);
            }
            byte[] der = Base64.getMimeDecoder().decode(block.group(1));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IOException | GeneralSecurityException e) {
            throw IdentityErrors.unreadable(file, "an EC private key in PEM form", e);
        }
    }

    /** Writes a chain, leaf first, readable by the owner only. */
    public static void writeCertificates(Path file, List<X509Certificate> chain) {
        AtomicFile.write(file, text(chain).getBytes(StandardCharsets.US_ASCII), AtomicFile.OWNER_ONLY);
    }

    /** Writes certificates that everybody may read, for example the CA that customers trust. */
    public static void publishCertificates(Path file, List<X509Certificate> chain) {
        AtomicFile.write(file, text(chain).getBytes(StandardCharsets.US_ASCII), AtomicFile.READABLE_BY_ALL);
    }

    /** Writes a private key, readable by the owner only. */
    public static void writeKey(Path file, PrivateKey key) {
        AtomicFile.write(file, text(key).getBytes(StandardCharsets.US_ASCII), AtomicFile.OWNER_ONLY);
    }

    /** PEM text of a chain. */
    public static String text(List<X509Certificate> chain) {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : chain) {
            try {
                pem.append(block("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException("certificate without an encoding", e);
            }
        }
        return pem.toString();
    }

    /** PEM text of a private key: a secret. */
    public static String text(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static String block(String label, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, BASE64.encodeToString(der), label)
                .replace(System.lineSeparator(), "\n");
    }

    static List<X509Certificate> parseCertificates(byte[] pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static byte[] readBounded(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_PEM_BYTES + 1);
            if (bytes.length > MAX_PEM_BYTES) {
                throw new IOException("longer than " + MAX_PEM_BYTES + " bytes");
            }
            return bytes;
        }
    }
}
