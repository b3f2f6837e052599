// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Kubeconfig;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;

/** An API server in a process of its own, with the JVM settings of the product's master. */
public final class ServerProcess implements AutoCloseable {
    private static final String JVM = "launcher/src/main/product/jvm/master.args";
    private static final Duration VALIDITY = Duration.ofHours(1);
    private static final long BYTES_PER_KIBIBYTE = 1024;

    private final Path folder;
    private final Process process;
    private final int port;

    private ServerProcess(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /**
     * Makes an authority and identities in an empty folder and starts the server there.
     *
     * @param jvm arguments besides those of the product
     */
    public static ServerProcess start(Path folder, String... jvm) throws IOException {
        CertificateAuthority authority =
                CertificateAuthority.create("bench", List.of(), VALIDITY, Clock.systemUTC(), new SecureRandom());
        authority.store(folder.resolve("ca.crt"), folder.resolve("ca.key"));
        AlternativeNames loopback =
                new AlternativeNames(List.of("localhost"), List.of(InetAddress.ofLiteral("127.0.0.1")));
        issue(authority, folder, "server", new Subject("kube"), loopback, Usage.SERVER);
        issue(
                authority,
                folder,
                "kubelet-client",
                new Subject("statemesh:api-server"),
                AlternativeNames.NONE,
                Usage.CLIENT);
        issue(authority, folder, "admin", new Subject("admin", "system:masters"), AlternativeNames.NONE, Usage.CLIENT);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of(System.getProperty("statemesh.root"), JVM));
        command.addAll(
                List.of(System.getProperty("statemesh.bench.server.jvm", "").split(" ")));
        command.addAll(List.of(jvm));
        command.removeIf(String::isBlank);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName()));
        command.add(folder.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null) {
            throw new IOException("the server ended before it listened; see what it printed above");
        }
        return new ServerProcess(folder, process, Integer.parseInt(line));
    }

    public int port() {
        return port;
    }

    /** Lets a Kubernetes client in as the administrator. */
    public Kubeconfig kubeconfig() {
        return new Kubeconfig(
                "bench",
                "admin",
                URI.create("https://127.0.0.1:" + port),
                Identity.load(folder.resolve("ca.crt"), folder.resolve("ca.key"))
                        .certificate(),
                Identity.load(folder.resolve("admin.crt"), folder.resolve("admin.key")),
                "default");
    }

    /** TLS of the administrator, for HTTP/2. */
    public SslContext clientTls() throws IOException {
        return SslContextBuilder.forClient()
                .keyManager(
                        folder.resolve("admin.crt").toFile(),
                        folder.resolve("admin.key").toFile())
                .trustManager(folder.resolve("ca.crt").toFile())
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2))
                .build();
    }

    /** Processor time used so far, all threads. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Resident memory in bytes. */
    public long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIBIBYTE)
                .findFirst()
                .orElseThrow();
    }

    private static void issue(
            CertificateAuthority authority,
            Path folder,
            String name,
            Subject subject,
            AlternativeNames names,
            Usage usage) {
        authority
                .issue(subject, names, usage, VALIDITY)
                .store(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
