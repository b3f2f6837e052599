// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.Engine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ResourceQuota: what a project may use at most, also when many ask at once. */
abstract class QuotaContract extends Contract {
    private static final String POD =
            "{metadata: {name: %s}, spec: {containers: [{name: c, image: x, resources: {requests: {cpu: %s}}}]}}";

    private String pods;
    private String quotas;

    QuotaContract(Supplier<Engine> engine) {
        super(engine);
    }

    @BeforeEach
    void paths() {
        awaitDefaultAccount();
        pods = in(namespace, "pods");
        quotas = in(namespace, "resourcequotas");
    }

    @Test
    void podBeyondTheQuotaIsForbidden() {
        limit("{pods: 1}");
        admin.create(pods, POD, "a", "100m").succeeded();
        admin.create(pods, POD, "b", "100m")
                .refused(403, "Forbidden")
                .saying("pods \"b\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1");
    }

    @Test
    void requestsAddUpAndAreGivenBack() {
        limit("{requests.cpu: 1}");
        admin.create(pods, POD, "a", "600m").succeeded();
        admin.create(pods, POD, "b", "600m")
                .refused(403, "Forbidden")
                .saying(
                        "pods \"b\" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m,"
                                + " limited: requests.cpu=1");
        assertThat(admin.get(quotas + "/q").body().at("/status/used").toString())
                .isEqualTo("{\"requests.cpu\":\"600m\"}");
        admin.delete(pods + "/a").succeeded();
        await().until(() -> admin.create(pods, POD, "b", "600m").code() == 201);
    }

    @Test
    void podMustSayWhatItNeedsWhereThatIsCounted() {
        limit("{requests.memory: 1Gi}");
        admin.create(pods, POD, "a", "100m")
                .refused(403, "Forbidden")
                .saying("pods \"a\" is forbidden: failed quota: q: must specify requests.memory");
    }

    @Test
    void ofManyAtOnceAsManyAsFitGetIn() throws Exception {
        limit("{pods: 3}");
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> creations = IntStream.range(0, 8)
                    .<Callable<Answer>>mapToObj(i -> () -> admin.create(pods, POD, "p" + i, "100m"))
                    .toList();
            for (Future<Answer> each : executor.invokeAll(creations)) {
                answers.add(each.get());
            }
        }
        assertThat(answers.stream().filter(answer -> answer.code() == 201)).hasSizeLessThanOrEqualTo(3);
        assertThat(admin.get(pods).names()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void quotaMustBeMadeOfQuantities() {
        assertThat(admin.create(quotas, "{metadata: {name: q}, spec: {hard: {pods: many}}}")
                        .code())
                .isEqualTo(400);
        Answer half = admin.create(quotas, "{metadata: {name: q}, spec: {hard: {pods: 500m}}}")
                .refused(422, "Invalid");
        assertThat(half.fields()).containsExactly("spec.hard[pods]");
    }

    private void limit(String hard) {
        admin.create(quotas, "{metadata: {name: q}, spec: {hard: %s}}", hard).succeeded();
        await().until(() -> admin.get(quotas + "/q").body().path("status").has("used"));
    }
}
