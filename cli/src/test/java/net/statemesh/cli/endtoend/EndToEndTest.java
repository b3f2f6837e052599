// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Command lines against a real API server and master. */
class EndToEndTest extends EndToEndFixture {
    @Test
    void deployServesAndSaysWhere() throws IOException {
        Run run = run("apps", "deploy", "shop", "--image", "ok:1", "--port", "8080", "--replicas", "2", "-o", "json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.path("name").asText()).isEqualTo("shop");
        assertThat(result.path("phase").asText()).isEqualTo("Serving");
        assertThat(result.path("change").asText()).isEqualTo("created");
        assertThat(result.path("url").asText())
                .matches("https://shop-[a-z0-9]{5}\\.test-1\\.statemesh\\.localhost:" + zone.httpsPort() + "/?");
        assertThat(run.err()).contains("+ replicas = 2", "✓ serving  2/2 replicas");

        Run again = run("deploy", "shop", "--image", "ok:1", "--port", "8080", "--replicas", "2");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err()).contains("unchanged");
        assertThat(again.out().strip()).startsWith("https://shop-");

        Run taken = run("apps", "deploy", "shop", "--image", "ok:2", "--new");
        assertThat(taken.code()).isEqualTo(1);
        assertThat(taken.err()).startsWith("error SM-CLIENT-005: The name 'shop' is taken in project 'default'.");
    }

    @Test
    void deployWaitsUntilTheRouterLeadsToTheApplication() {
        Run unrouted = run("apps", "deploy", "unrouted", "--image", "ok:1", "--port", "8080", "--timeout", "2s");
        assertThat(unrouted.code()).isEqualTo(3);
        assertThat(unrouted.err())
                .contains("error SM-URL-001: The replicas are ready, but the router does not lead to them.")
                .contains("answers 404 (SM-INGRESS-101)", "statemesh logs ingress");
        assertThat(run("apps", "deploy", "unrouted", "--image", "ok:1", "--no-wait")
                        .code())
                .isZero();

        Run broken = run("apps", "deploy", "broken", "--image", "ok:1", "--port", "8080");
        assertThat(broken.code()).as("what the application answers is its own").isZero();
        assertThat(broken.err()).containsPattern("! https://broken-\\S+ answers 500\n");
    }

    @Test
    void listAndInfoShowWhatRuns() {
        deploy("listed", "ok:1");
        Run list = run("apps", "list");
        assertThat(list.out().lines().findFirst().orElse("").split(" +"))
                .containsExactly("NAME", "PHASE", "READY", "AGE", "URL");
        assertThat(list.out()).containsPattern("listed +Serving +1/1 +\\d+s +-");
        assertThat(run("apps", "list", "-o", "name").out().lines()).contains("listed");
        assertThat(run("apps", "info", "liste").out())
                .contains("listed  Serving  1/1 replicas ready", "image     ok:1", "REPLICA", "node-");
        assertThat(run("apps", "explain", "listed").out()).contains("listed is Serving", " is on node-", "here: ");
    }

    @Test
    void crashAtOnceFailsWithTheCause() {
        Run run = run("apps", "deploy", "crasher", "--image", "crash:1", "--port", "8080");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("error SM-ROLLOUT-002: 'crasher' does not come up: it ends again and again.")
                .contains("exited with code 3", "panic: no database", "statemesh apps delete crasher");
    }

    @Test
    void imageThatCannotBePulledFailsWithTheCause() {
        Run run = run("apps", "deploy", "puller", "--image", "gone:1");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("error SM-ROLLOUT-001", "image 'gone:1'", "manifest unknown");
    }

    @Test
    void noCapacitySaysWhatIsMissingOnHowManyNodes() {
        Run run = run("apps", "deploy", "giant", "--image", "ok:1", "--cpu", "16");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "error SM-ROLLOUT-004: 'giant' does not come up: no node has room for it.",
                        "0 of 3 nodes fit",
                        "CPU");
    }

    @Test
    void timeoutNamesTheKnownCause() {
        Run run = run("apps", "deploy", "deafened", "--image", "deaf:1", "--timeout", "3s");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .startsWith("deafened")
                .contains("error SM-ROLLOUT-020: 'deafened' is not Serving after 3 s.");
    }

    @Test
    void badInputChangesNothing() throws IOException {
        Path file = Files.writeString(home.resolve("bad.yaml"), """
                apiVersion: statemesh.net/v1alpha1
                kind: Application
                metadata: {name: never}
                spec:
                  replica: 2
                  containers: [{name: web, image: "ok:1"}]
                """);
        Run run = run("apps", "deploy", "-f", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("line 5: spec.replica is 'replica': accepted is 'replicas'");
        assertThat(run("apps", "deploy", "never", "--image", "ok:1", "--replicas", "-1")
                        .err())
                .contains("spec.replicas is '-1': accepted is a whole number from 0 to 1000");
        assertThat(run("apps", "deploy", "Never", "--image", "ok:1").err()).contains("NAME is 'Never': accepted is");
        assertThat(run("apps", "deploy", "never", "--image", "NOT AN IMAGE").code())
                .isEqualTo(1);
        assertThat(run("apps", "deploy", "never", "--image", "ok:1", "--cpu", "much")
                        .code())
                .isEqualTo(1);
        assertThat(run("apps", "info", "never").code()).isEqualTo(1);
    }

    @Test
    void dryRunChangesNothingAndPrintsAManifestThatCanBeApplied() throws IOException {
        Run dry = run("apps", "deploy", "planned", "--image", "ok:1", "--dry-run", "-o", "yaml");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(run("apps", "info", "planned").code()).isEqualTo(1);
        Path file = Files.writeString(home.resolve("planned.yaml"), dry.out());
        Run applied = run("apps", "deploy", "-f", file.toString());
        assertThat(applied.code()).as(applied.err()).isZero();
    }

    @Test
    void scaleStopStartRestartAreIdempotent() {
        deploy("cycle", "ok:1");
        assertThat(run("apps", "scale", "cycle", "3").err())
                .contains("scaled to 3 replicas", "✓ Serving  3/3 replicas");
        assertThat(run("apps", "scale", "cycle", "3").err()).contains("unchanged: scaled to 3 replicas");
        assertThat(run("stop", "cycle").err()).contains("✓ Stopped  0/0 replicas");
        assertThat(run("stop", "cycle").code()).isZero();
        assertThat(run("start", "cycle").err()).contains("✓ Serving  3/3 replicas");
        assertThat(run("apps", "restart", "cycle").err()).contains("✓ Serving  3/3 replicas");
        assertThat(run("apps", "scale", "cycle", "1001").err()).contains("accepted is a whole number from 0 to 1000");
    }

    @Test
    void installRunsAnImageUnderAFreeName() {
        Run first = run("install", "--image", "registry.example/ok", "--tag", "1", "--port", "8080");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("https://ok-");
        assertThat(run("apps", "install", "ok", "--image", "registry.example/ok:1", "--port", "8080")
                        .code())
                .as("the same once more")
                .isZero();
        Run taken = run("install", "--appName", "ok", "--image", "ok:2");
        assertThat(taken.code()).isEqualTo(1);
        assertThat(taken.err()).startsWith("error SM-CLIENT-005: The name 'ok' is taken in project 'default'.");
        assertThat(run("install", "other").err()).contains("Missing required option: '--image=REF'");
        assertThat(run("install", "other", "--image", "ok:1", "--tag", "2").err())
                .contains("--tag is '2', but --image 'ok:1' says which one already.");
    }

    @Test
    void optionsOfThePublicCommandLineWorkToo() {
        Run deployed = run("deploy", "--appName", "public", "--image", "ok:1");
        assertThat(deployed.code()).as(deployed.err()).isZero();
        assertThat(run("scale", "--id", "public", "--replicas", "2").err()).contains("✓ Serving  2/2 replicas");
        assertThat(run("info", "--id", "public").out()).contains("public  Serving  2/2 replicas ready");
        assertThat(run("info", "public", "--id", "public").code()).isEqualTo(1);
        assertThat(run("info").err()).startsWith("error SM-CLI-001: NAME is missing.");
        assertThat(run("delete", "--id", "public", "--yes").err()).contains("✓ deleted  public");
    }

    @Test
    void changesAtTheSameTimeAreAllKept() throws Exception {
        deploy("shared", "ok:1");
        List<String> letters = List.of("A", "B", "C", "D");
        try (ExecutorService people = Executors.newFixedThreadPool(letters.size())) {
            List<Callable<Run>> changes = new ArrayList<>();
            letters.forEach(
                    letter -> changes.add(() -> run("apps", "deploy", "shared", "--env", letter + "=1", "--no-wait")));
            for (Future<Run> change : people.invokeAll(changes)) {
                assertThat(change.get().code()).as(change.get().err()).isZero();
            }
        }
        JsonNode env = new ObjectMapper()
                .readTree(run("apps", "info", "shared", "-o", "json").out())
                .at("/spec/containers/0/env");
        assertThat(env)
                .extracting(variable -> variable.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(letters);
    }

    @Test
    void projectKeepsWhatIsNotGiven() throws IOException {
        assertThat(run("projects", "create", "kept", "--owner", "alice", "--cpu", "4")
                        .code())
                .isZero();
        assertThat(run("projects", "create", "kept", "--pods", "10").err()).contains("✓ updated  project kept");
        JsonNode project = new ObjectMapper()
                .readTree(run("projects", "list", "-o", "json").out());
        assertThat(project)
                .filteredOn(one -> one.path("name").asText().equals("kept"))
                .singleElement()
                .satisfies(kept -> assertThat(kept.toString()).contains("alice", "\"cpu\":\"4\"", "\"pods\":10"));
        assertThat(run("projects", "create", "kept", "--new").code()).isEqualTo(1);
    }

    @Test
    void deleteAsksAndWaits() {
        deploy("doomed", "ok:1");
        Run asked = run("apps", "delete", "doomed");
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.err())
                .startsWith("error SM-CLI-005: Delete 'doomed' (1 ready replica) in project 'default'? Nobody is here");
        assertThat(run("apps", "delete", "doom", "--yes").code())
                .as("a part of a name destroys nothing")
                .isEqualTo(1);
        assertThat(run("apps", "delete", "doomed", "--yes").err()).contains("✓ deleted  doomed");
        assertThat(run("apps", "info", "doomed").code()).isEqualTo(1);
        assertThat(run("apps", "delete", "doomed", "--yes", "--ignore-missing").code())
                .isZero();
    }

    @Test
    void unknownNameSuggestsTheNearest() {
        deploy("suggested", "ok:1");
        Run run = run("apps", "info", "sugested");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error SM-CLIENT-004: There is no application 'sugested' in project 'default'.")
                .contains("did you mean 'suggested'?");
    }

    @Test
    void projectsAreMadeUsedAndDeleted() {
        assertThat(run("projects", "create", "team", "--cpu", "4", "--use").err())
                .contains("✓ created  project team", "✓ current  project team");
        assertThat(run("projects", "list").out()).containsPattern("\\* +team +Ready +CLOUD");
        assertThat(run("apps", "list").err()).contains("No applications in project 'team' yet.");
        assertThat(run("projects", "use", "taem").err()).contains("did you mean 'team'?");
        assertThat(run("projects", "delete", "team").code()).isEqualTo(1);
        assertThat(run("projects", "delete", "team", "--yes").err()).contains("✓ deleted  project team");
        assertThat(run("apps", "list", "--show-config").out()).containsPattern("project +default");
        assertThat(run("projects", "delete", "default", "--yes").code()).isEqualTo(1);
    }

    @Test
    void foreignProjectEndsWithWhoYouAreAndWhatIsMissing() throws IOException {
        Path mallory = zone.folderOf("mallory");
        Run run = run("apps", "list", "--data", mallory.toString());
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err())
                .startsWith("error SM-CLIENT-003: 'mallory' may not list applications in project 'default'.")
                .contains("missing: verb list on applications");
    }

    @Test
    void nodesAreListed() {
        assertThat(run("node", "list").out()).containsPattern("node-1 +Ready +virtual +2 +4.0 GiB");
        assertThat(run("node", "info", "node-2").out()).contains("node-2  Ready", "CONDITION");
        assertThat(run("node", "info", "nod-2").err()).contains("There is no node 'nod-2'.", "did you mean 'node-2'?");
    }

    @Test
    void namesAreCompleted() {
        deploy("completed", "ok:1");
        assertThat(run("__complete", "apps", "info", "comp").out().lines()).containsExactly("completed");
        assertThat(run("__complete", "node", "info", "node-").out().lines())
                .containsExactly("node-1", "node-2", "node-3");
        assertThat(run("__complete", "apps", "list", "--project", "def").out().lines())
                .containsExactly("default");
    }

    @Test
    void everyDocumentIsJson() throws IOException {
        deploy("documented", "ok:1");
        for (List<String> words : List.of(
                List.of("apps", "list"),
                List.of("apps", "info", "documented"),
                List.of("apps", "explain", "documented"),
                List.of("apps", "scale", "documented", "1"),
                List.of("projects", "list"),
                List.of("node", "list"),
                List.of("node", "info", "node-1"),
                List.of("apps", "info", "nothing-like-it"))) {
            List<String> all = new ArrayList<>(words);
            all.addAll(List.of("-o", "json"));
            Run run = run(all.toArray(String[]::new));
            assertThat(new ObjectMapper().readTree(run.out()).isContainerNode())
                    .as(words.toString())
                    .isTrue();
        }
    }
}
