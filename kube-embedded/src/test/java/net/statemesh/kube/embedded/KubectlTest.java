// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stock kubectl against this server: everything a user does with it by hand. */
@Tag("acceptance")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KubectlTest {
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    static Path folder;

    private static TestZone zone;
    private static FakeKubelet kubelet;
    private static Path kubeconfig;

    /** What a command printed, both streams in one, and how it ended. */
    private record Run(int exit, String output) {}

    @BeforeAll
    static void start() {
        zone = TestZone.start(folder);
        kubeconfig = zone.kubeconfig(TestZone.ADMIN);
        kubelet = FakeKubelet.start(zone, "node-1");
        kubelet.join(zone, "node-1", "web");
        zone.post(CustomResourceTest.DEFINITIONS, CustomResourceTest.definition("boats", "Boat"));
    }

    @AfterAll
    static void stop() {
        kubelet.close();
        zone.close();
    }

    @Test
    void getPrintsKubernetesOwnColumns() {
        assertThat(ok("get", "pods", "web", "-o", "wide"))
                .containsPattern("NAME +READY +STATUS +RESTARTS +AGE +IP +NODE")
                .containsPattern("web +1/1 +Running +0 ");
        assertThat(ok("get", "nodes")).contains("node-1");
        assertThat(ok("get", "pods", "web", "-o", "jsonpath={.spec.nodeName}")).isEqualTo("node-1");
    }

    @Test
    void describeShowsThePodAndItsDefaults() {
        assertThat(ok("describe", "pod", "web"))
                .contains("Service Account:  default", "node-1", "BestEffort", "QoS Class:");
        assertThat(ok("describe", "node", "node-1")).contains("Name:               node-1");
    }

    @Test
    void appliesFromTheClientAndFromTheServer() throws IOException {
        Path file =
                file("conf.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {a: '1', b: '2'}\n");
        assertThat(ok("apply", "-f", file.toString())).contains("configmap/conf created");
        Files.writeString(file, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {a: '1', c: '3'}\n");
        assertThat(ok("apply", "-f", file.toString())).contains("configmap/conf configured");
        assertThat(ok("get", "cm", "conf", "-o", "jsonpath={.data}")).isEqualTo("{\"a\":\"1\",\"c\":\"3\"}");
        assertThat(ok("apply", "-f", file.toString())).contains("configmap/conf unchanged");
        assertThat(ok("apply", "--server-side", "-f", file.toString())).contains("configmap/conf serverside-applied");
        Files.writeString(file, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {a: '9'}\n");
        Run conflict = kubectl("apply", "--server-side", "--field-manager=other", "-f", file.toString());
        assertThat(conflict.exit()).isNotZero();
        assertThat(conflict.output()).contains("Apply failed with 1 conflict: conflict with \"kubectl\"", ".data.a");
        ok("apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", file.toString());
        assertThat(ok("get", "cm", "conf", "-o", "jsonpath={.data.a}")).isEqualTo("9");
    }

    @Test
    void createsByEveryTypedCommand() {
        ok("create", "namespace", "made");
        ok("-n", "made", "create", "configmap", "c", "--from-literal=a=b");
        ok("-n", "made", "create", "secret", "generic", "s", "--from-literal=a=b");
        assertThat(ok("-n", "made", "get", "secret", "s", "-o", "jsonpath={.data.a}"))
                .isEqualTo("Yg==");
        ok("-n", "made", "create", "serviceaccount", "robot");
        assertThat(ok("-n", "made", "create", "token", "robot").strip().split("\\.", -1))
                .hasSize(3);
        ok("-n", "made", "create", "role", "reader", "--verb=get", "--resource=pods");
        ok("-n", "made", "create", "rolebinding", "readers", "--role=reader", "--user=joe");
        ok("-n", "made", "create", "quota", "small", "--hard=pods=3");
        ok("-n", "made", "create", "service", "clusterip", "front", "--tcp=80:8080");
        assertThat(ok("-n", "made", "get", "service", "front", "-o", "jsonpath={.spec.ports[0].targetPort}"))
                .isEqualTo("8080");
        ok("delete", "namespace", "made", "--wait=true");
        assertThat(kubectl("get", "namespace", "made").output()).contains("namespaces \"made\" not found");
    }

    @Test
    void editsWithAnEditor() {
        ok("create", "configmap", "edited", "--from-literal=word=before");
        assertThat(run(List.of("edit", "configmap", "edited"), "sed -i s/before/after/")
                        .output())
                .contains("configmap/edited edited");
        assertThat(ok("get", "cm", "edited", "-o", "jsonpath={.data.word}")).isEqualTo("after");
    }

    @Test
    void patchesInThreeWays() {
        ok("create", "configmap", "patched", "--from-literal=a=1");
        ok("patch", "cm", "patched", "--type=json", "-p", "[{\"op\":\"add\",\"path\":\"/data/b\",\"value\":\"2\"}]");
        ok("patch", "cm", "patched", "--type=merge", "-p", "{\"data\":{\"c\":\"3\"}}");
        ok("patch", "cm", "patched", "--type=strategic", "-p", "{\"data\":{\"a\":null}}");
        assertThat(ok("get", "cm", "patched", "-o", "jsonpath={.data}")).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        ok("label", "cm", "patched", "colour=red");
        assertThat(ok("get", "cm", "-l", "colour in (red)", "-o", "name")).contains("configmap/patched");
    }

    @Test
    void scalesACustomResource() throws IOException {
        Path file = file(
                "boat.yaml",
                "apiVersion: test.example.com/v1\nkind: Boat\nmetadata: {name: ketch}\nspec: {masts: 2}\n");
        ok("apply", "-f", file.toString());
        assertThat(ok("scale", "boat/ketch", "--replicas=4")).contains("boat.test.example.com/ketch scaled");
        assertThat(ok("get", "boat", "ketch", "-o", "jsonpath={.spec.replicas}"))
                .isEqualTo("4");
        assertThat(ok("get", "boats")).containsPattern("NAME +MASTS +AGE").containsPattern("ketch +2 ");
    }

    @Test
    void deletesWithEveryPropagation() {
        for (String cascade : List.of("background", "foreground", "orphan")) {
            ok("create", "configmap", "deleted-" + cascade);
            assertThat(ok("delete", "cm", "deleted-" + cascade, "--cascade=" + cascade))
                    .contains("deleted");
            assertThat(kubectl("get", "cm", "deleted-" + cascade).output()).contains("not found");
        }
    }

    @Test
    void waitsForAConditionAndWatches() throws IOException, InterruptedException {
        ok("wait", "crd/boats.test.example.com", "--for=condition=Established", "--timeout=20s");
        Process watch =
                start(List.of("get", "cm", "--watch", "-o", "name", "--field-selector=metadata.name=watched"), "");
        ok("create", "configmap", "watched");
        try (BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("configmap/watched");
        } finally {
            watch.destroy();
            watch.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void followsLogs() {
        assertThat(ok("logs", "-f", "web", "--tail=5"))
                .startsWith("line of /containerLogs/default/web/main")
                .contains("follow=true", "tailLines=5");
    }

    @Test
    void executesACommandOverTheFallbackToSpdy() throws IOException, InterruptedException {
        Process exec = start(List.of("exec", "-i", "web", "--", "cat"), "");
        try (var stdin = exec.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write("through the kubelet\n");
        }
        try (InputStream out = exec.getInputStream()) {
            assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8)).contains("through the kubelet");
        }
        assertThat(exec.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(exec.exitValue()).isZero();
    }

    @Test
    void forwardsAPort() throws IOException, InterruptedException {
        Process forward = start(List.of("port-forward", "pod/web", ":80"), "");
        try (BufferedReader lines = forward.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            assertThat(line).startsWith("Forwarding from 127.0.0.1:");
            int port = Integer.parseInt(line.replaceAll("^Forwarding from 127.0.0.1:(\\d+) .*$", "$1"));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("echo".getBytes(StandardCharsets.UTF_8));
                assertThat(new String(socket.getInputStream().readNBytes(4), StandardCharsets.UTF_8))
                        .isEqualTo("echo");
            }
        } finally {
            forward.destroy();
            forward.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void knowsItsResourcesAndExplainsThem() {
        assertThat(ok("api-resources")).contains("pods", "boats", "test.example.com/v1");
        assertThat(ok("explain", "pod.spec.containers"))
                .contains("imagePullPolicy")
                .contains("-required-");
        assertThat(ok("explain", "boat.spec")).contains("masts\t<integer> -required-", "enum: sloop, ketch");
    }

    @Test
    void saysWhoMayDoWhat() {
        assertThat(ok("auth", "can-i", "create", "pods")).contains("yes");
        assertThat(kubectl("auth", "can-i", "create", "pods", "--as=nobody").output())
                .contains("no");
        assertThat(ok("auth", "can-i", "--list")).contains("*.*");
        assertThat(ok("auth", "whoami")).contains("admin", "system:masters");
    }

    @Test
    void refusesBadInputBeforeAnythingIsMade() throws IOException {
        Path unknown = file("unknown.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndta: {}\n");
        assertThat(kubectl("apply", "-f", unknown.toString()).output())
                .contains("strict decoding error: unknown field \"dta\"");
        Path wrong = file(
                "wrong.yaml",
                "apiVersion: test.example.com/v1\nkind: Boat\nmetadata: {name: bad}\nspec: {masts: -1}\n");
        assertThat(kubectl("apply", "-f", wrong.toString()).output()).contains("should be greater than or equal to 1");
        assertThat(kubectl("get", "cm", "bad").output()).contains("not found");
        assertThat(kubectl("get", "boat", "bad").output()).contains("not found");
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String ok(String... arguments) {
        Run run = kubectl(arguments);
        assertThat(run.exit())
                .as("kubectl %s: %s", String.join(" ", arguments), run.output())
                .isZero();
        return run.output();
    }

    private static Run kubectl(String... arguments) {
        return run(List.of(arguments), "");
    }

    private static Run run(List<String> arguments, String editor) {
        try {
            Process process = start(arguments, editor);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), output);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process start(List<String> arguments, String editor) throws IOException {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", folder.toString());
        if (!editor.isEmpty()) {
            builder.environment().put("KUBE_EDITOR", editor);
        }
        return builder.start();
    }
}
