// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.AgentConfig;
import net.statemesh.node.ContainerdConfig;
import net.statemesh.node.Privileges;
import net.statemesh.node.cri.CriChannel;
import net.statemesh.node.cri.CriRuntime;
import net.statemesh.node.cri.SandboxView;

/**
 * A node of its own on this machine: a network namespace joined to the root one by a veth pair, and a real containerd in it, with
 * an image made from busybox. Closing it leaves nothing behind.
 */
final class RealNode implements AutoCloseable {
    static final String IMAGE = "localhost/statemesh/busybox:1";
    private static final String PAUSE = "localhost/statemesh/pause:1";
    /** The agent of these tests runs in the root namespace, from where loopback of the node's own cannot be reached. */
    private static final String STREAMS_INSIDE = "stream_server_address = \"127.0.0.1\"";

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);
    private static final int KUBELET_PORT = 10_250;
    private static final int SUBNETS = 200;

    private final String name;
    private final Path directory;
    private final int subnet;
    private Process containerd;

    private RealNode(String name, Path directory, int subnet) {
        this.name = name;
        this.directory = directory;
        this.subnet = subnet;
    }

    static RealNode start() throws IOException {
        Path directory = Files.createTempDirectory("smnode");
        int subnet = (int) (ProcessHandle.current().pid() % SUBNETS) + 20;
        RealNode node = new RealNode("smnode" + ProcessHandle.current().pid(), directory, subnet);
        try {
            node.link();
            Pki.write(node.pki(), node.namespace(), node.hostAddress());
            node.startContainerd();
            node.importImages();
            return node;
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    Path directory() {
        return directory;
    }

    Path socket() {
        return directory.resolve("containerd.sock");
    }

    String namespace() {
        return name;
    }

    String hostAddress() {
        return "10.201." + subnet + ".1";
    }

    String address() {
        return "10.201." + subnet + ".2";
    }

    String podCidr() {
        return "10.202." + subnet + ".0/24";
    }

    String cgroupParent() {
        return "/" + name + "/pods";
    }

    Path pki() {
        return directory.resolve("pki");
    }

    AgentConfig config() {
        return new AgentConfig(
                name,
                "test-1",
                directory.resolve("kubeconfig"),
                socket(),
                hostAddress(),
                KUBELET_PORT,
                podCidr(),
                directory.resolve("agent"),
                pki().resolve("node.crt"),
                pki().resolve("node.key"),
                pki().resolve("ca.crt"),
                directory.resolve("cni"),
                cgroupParent(),
                null,
                null,
                Map.of());
    }

    private void link() {
        Shell.run("ip", "netns", "add", name);
        Shell.run("ip", "link", "add", veth(), "type", "veth", "peer", "name", "eth0", "netns", name);
        Shell.run("ip", "addr", "add", hostAddress() + "/24", "dev", veth());
        Shell.run("ip", "link", "set", veth(), "up");
        inNamespace("ip", "link", "set", "lo", "up");
        inNamespace("ip", "addr", "add", address() + "/24", "dev", "eth0");
        inNamespace("ip", "link", "set", "eth0", "up");
        inNamespace("ip", "route", "add", "default", "via", hostAddress());
        inNamespace("sysctl", "-qw", "net.ipv4.ip_forward=1");
        Shell.run("ip", "route", "add", podCidr(), "via", address());
    }

    private String veth() {
        return "smv" + ProcessHandle.current().pid();
    }

    String inNamespace(String... command) {
        return Shell.run(Stream.concat(Stream.of("nsenter", "--net=/run/netns/" + name), Stream.of(command))
                .toArray(String[]::new));
    }

    void startContainerd() throws IOException {
        Path config = directory.resolve("containerd.toml");
        Files.writeString(
                config,
                new ContainerdConfig(
                                directory.resolve("root"),
                                directory.resolve("state"),
                                socket(),
                                directory.resolve("opt"),
                                Path.of("/usr/lib/cni"),
                                directory.resolve("cni"),
                                PAUSE,
                                directory.resolve("certs.d"),
                                Privileges.maySetResources(),
                                Privileges.hasAppArmor())
                        .render()
                        .replace(STREAMS_INSIDE, "stream_server_address = \"" + address() + "\""));
        containerd = new ProcessBuilder("nsenter", "--net=/run/netns/" + name, "containerd", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("containerd.log").toFile())
                .start();
        await().atMost(STARTS_WITHIN)
                .until(() -> Shell.attempt("ctr", "-a", socket().toString(), "version")
                                .exitCode()
                        == 0);
    }

    /** Ends containerd as a crash would; its containers go on. */
    void killContainerd() throws InterruptedException {
        containerd.destroyForcibly().waitFor();
    }

    private void importImages() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("busybox/bin"));
        Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
        for (String applet : List.of(
                "sh",
                "sleep",
                "echo",
                "cat",
                "httpd",
                "wget",
                "id",
                "ls",
                "dd",
                "tail",
                "touch",
                "rm",
                "env",
                "test",
                "hostname",
                "true",
                "false",
                "seq",
                "head",
                "mkdir",
                "nc",
                "printf",
                "date",
                "kill")) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        image(IMAGE, directory.resolve("busybox"), "/bin/sh");
        Path pause = Files.createDirectories(directory.resolve("pause"));
        Files.copy(Path.of("/usr/bin/catatonit"), pause.resolve("pause"));
        Files.setPosixFilePermissions(pause.resolve("pause"), PosixFilePermissions.fromString("rwxr-xr-x"));
        image(PAUSE, pause, "/pause", "-P");
    }

    private void image(String reference, Path files, String... entrypoint) {
        String layout = directory.resolve("layout-" + files.getFileName()).toString();
        Shell.run("umoci", "init", "--layout", layout);
        Shell.run("umoci", "new", "--image", layout + ":1");
        Shell.run("umoci", "insert", "--image", layout + ":1", files.toString(), "/");
        Shell.run(Stream.concat(
                        Stream.of("umoci", "config", "--image", layout + ":1"),
                        Stream.of(entrypoint).flatMap(part -> Stream.of("--config.entrypoint", part)))
                .toArray(String[]::new));
        String archive = layout + ".tar";
        Shell.run("skopeo", "copy", "-q", "oci:" + layout + ":1", "oci-archive:" + archive + ":" + reference);
        Shell.run("ctr", "-a", socket().toString(), "-n", "k8s.io", "images", "import", archive);
    }

    /** Process ids of everything that was started from this node's folder. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(a -> a.startsWith(directory.toString())))
                .toList();
    }

    List<String> mounts() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(directory.toString()))
                .toList();
    }

    List<Path> cgroups() throws IOException {
        return cgroups("/" + name);
    }

    /** Folders of a group in all hierarchies that have it. */
    List<Path> cgroups(String path) throws IOException {
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            return Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), hierarchies)
                    .map(h -> h.resolve(path.substring(1)))
                    .filter(Files::exists)
                    .toList();
        }
    }

    /** Links of the node's own namespace; the pods' ends of veth pairs among them. */
    List<String> podLinks() {
        return inNamespace("ip", "-o", "link", "show", "type", "veth")
                .lines()
                .filter(l -> !l.contains("eth0@"))
                .toList();
    }

    /** What the agent of a test left running. */
    private void removePods() {
        try (CriChannel channel = CriChannel.open(socket())) {
            CriRuntime runtime = new CriRuntime(channel);
            runtime.list().keySet().stream()
                    .flatMap(uid -> runtime.observe(uid).sandboxes().stream())
                    .map(SandboxView::id)
                    .forEach(id -> {
                        runtime.stopSandbox(id);
                        runtime.removeSandbox(id);
                    });
        } catch (StateMeshException e) {
            System.err.println("pods of " + name + " not removed: " + e.sentence());
        }
    }

    @Override
    public void close() throws IOException {
        if (containerd != null && containerd.isAlive()) {
            removePods();
            containerd.destroy();
            await().atMost(STARTS_WITHIN).until(() -> !containerd.isAlive());
        }
        processes().forEach(ProcessHandle::destroyForcibly);
        mounts().stream()
                .map(line -> line.split(" ", -1)[4])
                .sorted(Comparator.reverseOrder())
                .forEach(point -> Shell.attempt("umount", "-l", point));
        Shell.attempt("ip", "link", "del", veth());
        Shell.attempt("ip", "netns", "del", name);
        for (Path cgroup : cgroups()) {
            try (Stream<Path> tree = Files.walk(cgroup)) {
                tree.filter(Files::isDirectory)
                        .sorted(Comparator.reverseOrder())
                        .forEach(group -> Shell.attempt("rmdir", group.toString()));
            }
        }
        Shell.attempt("rm", "-rf", "--one-file-system", directory.toString());
    }
}
