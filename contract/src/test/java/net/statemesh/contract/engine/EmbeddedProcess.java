// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Random;
import net.statemesh.kube.embedded.ApiServer;

/**
 * The embedded engine in a process of its own, which is killed (SIGKILL) now and then between two requests and comes back on the same
 * port: right after an answer, so that what goes on behind it (collection, namespaces, quotas) is cut off anywhere.
 */
public final class EmbeddedProcess implements Engine {
    private final EmbeddedFiles files;
    private final Users users;
    private final Random random;
    private final double killProbability;
    private Process process;
    private int port;
    private int generation;
    private int kills;
    private int inUse;
    private int watched;

    private EmbeddedProcess(EmbeddedFiles files, long seed, double killProbability) {
        this.files = files;
        this.users = files.prepare();
        this.random = new Random(seed);
        this.killProbability = killProbability;
        this.process = launch();
    }

    public static EmbeddedProcess start(Path folder, long seed, double killProbability) {
        return new EmbeddedProcess(new EmbeddedFiles(folder), seed, killProbability);
    }

    /** How often it was killed. */
    public synchronized int kills() {
        return kills;
    }

    private Process launch() {
        try {
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path"),
                            EmbeddedProcess.class.getName(),
                            files.folder().toString(),
                            Integer.toString(port))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String line = started.inputReader(StandardCharsets.UTF_8).readLine();
            if (line == null) {
                throw new IllegalStateException("the API server ended before it listened");
            }
            port = Integer.parseInt(line);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process itself. Arguments: the folder, the port (0 takes a free one). It ends when its standard input does. */
    public static void main(String[] arguments) throws IOException {
        EmbeddedFiles files = new EmbeddedFiles(Path.of(arguments[0]));
        try (ApiServer server = ApiServer.start(files.config(Integer.parseInt(arguments[1])))) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // nothing is sent
            }
        }
    }

    @Override
    public synchronized void beginRequest() {
        mayDie();
        inUse++;
    }

    @Override
    public synchronized void endRequest() {
        inUse--;
        mayDie();
    }

    private void mayDie() {
        if (inUse == 0 && watched == 0 && random.nextDouble() < killProbability) {
            kill();
        }
    }

    private void kill() {
        kills++;
        generation++;
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        process = launch();
    }

    @Override
    public synchronized Calm calm() {
        watched++;
        return this::disturb;
    }

    private synchronized void disturb() {
        watched--;
    }

    @Override
    public URI url() {
        return URI.create("https://127.0.0.1:" + port);
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public synchronized int generation() {
        return generation;
    }

    @Override
    public synchronized void restartWithoutHistory() {
        kill();
    }

    @Override
    public byte[] tokenSignature(String headerAndClaims) throws GeneralSecurityException {
        return EmbeddedEngine.hmac(files, headerAndClaims);
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
