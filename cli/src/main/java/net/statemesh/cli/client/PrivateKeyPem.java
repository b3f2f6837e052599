// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys as Kubernetes installers write them: PKCS #8, or PKCS #1 (RSA) and SEC 1 (elliptic curves), which are wrapped into
 * PKCS #8 (RFC 5208, 5) because the JDK reads nothing else.
 */
final class PrivateKeyPem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]+)-----END \\1-----");
    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int CURVE = 0xA0;

    private PrivateKeyPem() {}

    static PrivateKey parse(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new InvalidKeySpecException("no PEM block with a private key");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        return switch (block.group(1)) {
            case "RSA PRIVATE KEY" -> key("RSA", pkcs8(RSA, der));
            case "EC PRIVATE KEY" -> key("EC", pkcs8(element(SEQUENCE, EC_PUBLIC_KEY, curveOf(der)), der));
            default -> ofAnyAlgorithm(der);
        };
    }

    private static PrivateKey ofAnyAlgorithm(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return key(algorithm, pkcs8);
            } catch (InvalidKeySpecException e) {
                // another algorithm's key
            }
        }
        throw new InvalidKeySpecException("the private key is neither EC, RSA nor EdDSA");
    }

    private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, VERSION_0, algorithm, element(OCTET_STRING, key));
    }

    /** SEC 1, C.4: SEQUENCE { version, privateKey OCTET STRING, [0] curve, [1] publicKey }; all lengths fit one byte. */
    private static byte[] curveOf(byte[] sec1) throws InvalidKeySpecException {
        int at = 0;
        if (sec1.length > 2 && (sec1[1] & 0x80) != 0) {
            at = sec1[1] & 0x7F;
        }
        at += 2 + VERSION_0.length;
        if (at + 1 < sec1.length && sec1[at] == OCTET_STRING) {
            at += 2 + sec1[at + 1];
        }
        if (at + 1 >= sec1.length || (sec1[at] & 0xFF) != CURVE || at + 2 + sec1[at + 1] > sec1.length) {
            throw new InvalidKeySpecException("the EC private key does not name its curve");
        }
        byte[] curve = new byte[sec1[at + 1]];
        System.arraycopy(sec1, at + 2, curve, 0, curve.length);
        return curve;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
