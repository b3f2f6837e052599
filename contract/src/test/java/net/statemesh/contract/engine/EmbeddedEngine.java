// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import net.statemesh.kube.embedded.ApiServer;
import net.statemesh.kube.embedded.authn.TokenKey;

/** The embedded engine inside this process. */
public final class EmbeddedEngine implements Engine {
    private final EmbeddedFiles files;
    private final Users users;
    private ApiServer server;
    private int generation;

    private EmbeddedEngine(EmbeddedFiles files) {
        this.files = files;
        this.users = files.prepare();
        this.server = start(0);
    }

    public static EmbeddedEngine start(Path folder) {
        return new EmbeddedEngine(new EmbeddedFiles(folder));
    }

    private ApiServer start(int port) {
        try {
            return ApiServer.start(files.config(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI url() {
        return URI.create("https://127.0.0.1:" + server.port());
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public void restartWithoutHistory() {
        int port = server.port();
        server.close();
        server = start(port);
        generation++;
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public byte[] tokenSignature(String headerAndClaims) throws GeneralSecurityException {
        return hmac(files, headerAndClaims);
    }

    static byte[] hmac(EmbeddedFiles files, String headerAndClaims) throws GeneralSecurityException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(TokenKey.loadOrCreate(files.tokenKey()));
            return mac.doFinal(headerAndClaims.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
