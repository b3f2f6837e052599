// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.cri.PodGlance;
import net.statemesh.node.cri.PodView;
import net.statemesh.node.cri.SandboxView;
import net.statemesh.node.event.EventQueue;
import net.statemesh.node.image.ImagePull;
import net.statemesh.node.kube.FakeApi;
import net.statemesh.node.probe.HttpAsk;
import net.statemesh.node.probe.Prober;
import net.statemesh.node.state.Checkpoints;
import net.statemesh.node.state.PodPaths;
import net.statemesh.node.usage.CgroupLayout;
import net.statemesh.node.usage.PodCgroups;
import net.statemesh.node.volume.Volumes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pods outlive what goes wrong with whoever looks after them. */
@Timeout(60)
class PodWorkersTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FakeApi api = new FakeApi();
    private final Queue<Throwable> troubles = new ConcurrentLinkedQueue<>();
    private final Queue<String> stopped = new ConcurrentLinkedQueue<>();
    private final HttpAsk http = new HttpAsk();
    private EventQueue events;
    private PodWorkers workers;

    /** One sandbox runs for every pod that is asked about. */
    private final NoRuntime runtime = new NoRuntime() {
        @Override
        public PodView observe(String podUid) {
            switch (troubles.poll()) {
                case null -> {}
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case Throwable other -> throw new AssertionError(other);
            }
            return new PodView(
                    List.of(new SandboxView("sandbox-" + podUid, 0, true, Instant.EPOCH, "10.64.1.2")), List.of());
        }

        @Override
        public void stopSandbox(String sandboxId) {
            stopped.add(sandboxId);
        }
    };

    @BeforeEach
    void start(@TempDir Path folder) {
        PodPaths paths = new PodPaths(folder);
        events = new EventQueue(api, "node-1", Clock.systemUTC());
        NodeServices services = new NodeServices(
                api,
                runtime,
                paths,
                new PodCgroups(CgroupLayout.detect(folder.resolve("cgroup")), "/pods"),
                new Volumes(paths),
                new ImagePull(runtime),
                new Prober(runtime, http),
                events,
                Clock.systemUTC(),
                "10.64.0.11",
                Map.of());
        workers = new PodWorkers(services, new Checkpoints(paths));
        api.followPods(workers);
    }

    @AfterEach
    void stop() {
        workers.abandon();
        events.close();
        http.close();
    }

    @Test
    void workerSurvivesWhateverTheRuntimeThrows() {
        troubles.add(new IllegalStateException("a quantity that cannot be read"));
        troubles.add(new StackOverflowError());
        api.create(pod("a"));
        await().atMost(LIMIT).until(() -> reported("a"));
    }

    @Test
    void statusIsReportedAfterAnyFailureToSendIt() {
        api.fail(new IllegalStateException("client is closed"), new KubernetesClientException("away"));
        api.create(pod("a"));
        await().atMost(LIMIT).until(() -> reported("a"));
    }

    @Test
    void podThatTheApiKnowsIsNoStrangerEvenWithoutAWorker() {
        api.create(pod("a"));
        await().atMost(LIMIT).until(() -> reported("a"));
        workers.abandon();
        await().atMost(LIMIT).until(() -> workers.all().isEmpty());

        workers.seen(Map.of(
                "a", new PodGlance("a", "default", "a", "1"), "stranger", new PodGlance("stranger", "old", "b", "1")));

        await().atMost(LIMIT).until(() -> stopped.contains("sandbox-stranger"));
        assertThat(stopped).doesNotContain("sandbox-a");
    }

    @Test
    void lastAnswersOfTheApiHoldWhileItIsSilentButNotAgainstARefusal() {
        KnownReferences known = new KnownReferences();
        ApiReferences references = new ApiReferences(api, known, "default");
        byte[] password = "secret".getBytes(StandardCharsets.UTF_8);
        api.putSecret("db", Map.of("password", password));
        assertThat(references.secret("db")).isPresent();

        api.away(true);
        assertThat(references.secret("db").orElseThrow()).containsEntry("password", password);
        assertThat(new ApiReferences(api, known, "other-project"))
                .satisfies(other -> assertThatRefused(() -> other.secret("db")));
        assertThatRefused(() -> references.secret("never-read"));
        assertThatRefused(() -> references.configMap("db"));

        api.away(false);
        api.fail(new KubernetesClientException("no longer yours", 403, null));
        assertThatRefused(() -> references.secret("db"));
    }

    private static void assertThatRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable question) {
        org.assertj.core.api.Assertions.assertThatThrownBy(question).isInstanceOf(StateMeshException.class);
    }

    private boolean reported(String uid) {
        return api.pod(uid)
                .map(Pod::getStatus)
                .map(status -> status.getPhase() != null)
                .orElse(false);
    }

    private static Pod pod(String uid) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(uid)
                .withNamespace("default")
                .withUid(uid)
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewContainer()
                .withName("main")
                .withImage("image")
                .endContainer()
                .endSpec()
                .build();
    }
}
