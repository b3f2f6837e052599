// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.Phase;
import net.statemesh.api.project.ProjectQuota;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final String HOST = "shop.local-1.statemesh.localhost";

    private final Application older = application("team", "a", "2026-01-01T00:00:00Z");
    private final Application younger = application("rivals", "b", "2026-01-02T00:00:00Z");
    private final List<Application> both = List.of(older, younger);

    @Test
    void oldestOfThoseThatWantAHostGetsIt() {
        assertThat(new Claims(older, both).otherProjectWith(HOST)).isEmpty();
        assertThat(new Claims(younger, both).otherProjectWith(HOST)).contains("team");
    }

    @Test
    void whoHoldsAHostKeepsItFromAnOlderOne() {
        holds(younger);
        assertThat(new Claims(older, both).otherProjectWith(HOST)).contains("rivals");
        assertThat(new Claims(younger, both).otherProjectWith(HOST)).isEmpty();
    }

    @Test
    void hostIsFreeWhenItsHolderIsBeingDeleted() {
        holds(older);
        older.getMetadata().setDeletionTimestamp("2026-01-03T00:00:00Z");
        assertThat(new Claims(younger, both).otherProjectWith(HOST)).isEmpty();
    }

    @Test
    void applicationsOfOneProjectMayShareAHost() {
        Application sister = application("team", "c", "2026-01-03T00:00:00Z");
        assertThat(new Claims(sister, List.of(older, sister)).otherProjectWith(HOST))
                .isEmpty();
    }

    @Test
    void quotaKeepsTheAcceptedAndThenTheOldest() {
        ProjectQuota one = new ProjectQuota(null, null, null, 1);
        Application sister = application("team", "c", "2026-01-03T00:00:00Z");
        List<Application> all = List.of(older, sister);
        assertThat(new Claims(older, all).outsideQuota(one)).isEmpty();
        assertThat(new Claims(sister, all).outsideQuota(one)).isPresent();
        holds(sister);
        assertThat(new Claims(older, all).outsideQuota(one)).isPresent();
        assertThat(new Claims(sister, all).outsideQuota(one)).isEmpty();
    }

    private static void holds(Application application) {
        application.setStatus(new ApplicationStatus(
                Phase.SERVING,
                "x7k2p",
                1L,
                "aaaaa",
                null,
                1,
                1,
                1,
                "",
                List.of(HOST),
                List.of(),
                List.of(),
                List.of(new Condition(ConditionTypes.ACCEPTED, "True", Reason.READY, null, null, null))));
    }

    private static Application application(String project, String uid, String created) {
        Application application = new Application();
        application.setMetadata(new ObjectMetaBuilder()
                .withNamespace(project)
                .withName("shop")
                .withUid(uid)
                .withCreationTimestamp(created)
                .build());
        application.setSpec(ApplicationSpec.of(Fixture.WEB)
                .entrypoints(List.of(new Entrypoint(HOST, "/", Entrypoint.PathType.PREFIX, 8080)))
                .build());
        return application;
    }
}
