// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import net.statemesh.api.application.Phase;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.WaitOptions;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.output.Documents;
import net.statemesh.cli.output.OutputOption;
import picocli.CommandLine.Mixin;

/** What the verbs that change one field of one application have in common. */
abstract class ChangeVerb implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final ApplicationName name = new ApplicationName();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    ChangeVerb(Session session) {
        this.session = session;
    }

    /** The fields to set; an empty object when all is so already. */
    abstract ObjectNode patchOf(ApplicationView application);

    /** The phase that the application ends in. */
    abstract Phase wanted(ApplicationView application);

    /** What is said when something changed: {@code scaled to 3 replicas}. */
    abstract String done(ApplicationView application);

    private static ObjectNode signed(ObjectNode spec, ApiClient api) {
        ObjectNode patch = object();
        patch.set("spec", spec);
        Authorship.sign(patch, api);
        return patch;
    }

    static ObjectNode object() {
        return new ObjectMapper().createObjectNode();
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            ApplicationView before = applications.find(name.value());
            ObjectNode patch = patchOf(before);
            JsonNode written = patch.isEmpty()
                    ? before.object()
                    : api.mergePatch(ApiPaths.application(applications.project(), before.name()), signed(patch, api));
            ApplicationView after = ApplicationView.of(written);
            session.console().progress(after.name() + "  " + (patch.isEmpty() ? "unchanged: " : "") + done(after));
            if (wait.wanted()) {
                after = new Rollout(applications, session.console())
                        .await(
                                after.name(),
                                written.at("/metadata/generation").asLong(),
                                wanted(after),
                                wait.timeout());
                UrlCheck.await(session.firstAnswer(), after, session.console(), wait.timeout());
                session.console().done(after.phaseOrPending() + "  " + after.ready() + " replicas");
            }
            if (output.format().isDocument()) {
                session.console().result(Documents.text(after.document(), output.format()));
            }
        }
        return 0;
    }
}
