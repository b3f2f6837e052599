// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.node.AgentAccess;
import net.statemesh.node.AgentConfig;
import net.statemesh.node.kube.FakeApi;

/**
 * An agent in a process of its own, so that a test can kill it. Its API holds the pods of a file, or is away; what it reports is
 * written to another file.
 */
final class AgentProcess {
    private static final int POLL_MILLIS = 100;

    private AgentProcess() {}

    /** usage: CONFIG PODS REPORT [away]. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        FakeApi api = new FakeApi();
        Path report = Path.of(arguments[2]);
        List<Pod> pods = json.readValue(Path.of(arguments[1]).toFile(), new TypeReference<List<Pod>>() {});
        pods.forEach(api::create);
        boolean away = arguments.length > 3;
        api.away(away);
        AgentAccess.start(AgentConfig.read(Path.of(arguments[0])), api);
        while (true) {
            Path draft = report.resolveSibling("draft");
            Files.write(draft, json.writeValueAsBytes(api.all()));
            Files.move(draft, report, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
