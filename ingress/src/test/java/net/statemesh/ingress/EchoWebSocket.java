// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A replica that sends back every short WebSocket message (RFC 6455). */
final class EchoWebSocket {
    private static final int MASK_BYTES = 4;

    private EchoWebSocket() {}

    static void serve(Backend.Connection connection) throws IOException {
        connection.readHead();
        connection.write(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
                        + accept(connection.header("sec-websocket-key")) + "\r\n\r\n");
        for (int first = connection.in.read(); first >= 0; first = connection.in.read()) {
            int length = connection.in.read() & 0x7f;
            byte[] mask = connection.in.readNBytes(MASK_BYTES);
            byte[] payload = connection.in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % MASK_BYTES];
            }
            connection.out.write(first);
            connection.out.write(length);
            connection.out.write(payload);
            connection.out.flush();
        }
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
