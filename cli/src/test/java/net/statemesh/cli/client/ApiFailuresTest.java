// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.output.ErrorPage;
import org.junit.jupiter.api.Test;

class ApiFailuresTest {
    private static final Kubeconfig ALICE =
            new Kubeconfig(URI.create("https://127.0.0.1:6440"), "alice", null, null, null, "secret-token");

    @Test
    void expiredTokenSaysWhoAndWhatNext() throws IOException {
        StateMeshException problem = of(401, """
                {"kind":"Status","status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}""");
        assertThat(problem.code().kind().exitCode()).isEqualTo(4);
        assertThat(ErrorPage.text(problem, false)).isEqualTo("""
                error SM-CLIENT-002: https://127.0.0.1:6440 does not accept the credentials of 'alice': they are wrong or expired.
                  try: get a new kubeconfig or token from whoever runs the zone
                """);
    }

    @Test
    void foreignProjectSaysWhoYouAreAndWhatIsMissing() throws IOException {
        StateMeshException problem = of(403, """
                {"kind":"Status","status":"Failure","reason":"Forbidden","code":403,
                 "message":"applications.statemesh.net is forbidden: User \\"alice\\" cannot list resource \\"applications\\" in API group \\"statemesh.net\\" in the namespace \\"shop\\""}""");
        assertThat(problem.code().kind().exitCode()).isEqualTo(4);
        assertThat(problem.sentence()).isEqualTo("'alice' may not list applications in project 'shop'.");
        assertThat(problem.evidence()).containsExactly("missing: verb list on applications in project 'shop'");
    }

    @Test
    void causesOfAnInvalidObjectBecomeEvidence() throws IOException {
        StateMeshException problem = of(422, """
                {"kind":"Status","status":"Failure","reason":"Invalid","code":422,
                 "message":"Application.statemesh.net \\"shop\\" is invalid: spec.replicas: Invalid value: -1",
                 "details":{"name":"shop","kind":"Application","causes":[
                   {"reason":"FieldValueInvalid","field":"spec.replicas","message":"Invalid value: -1: must be at least 0"}]}}""");
        assertThat(ErrorPage.text(problem, false)).isEqualTo("""
                error SM-CLIENT-006: Application 'shop' cannot be accepted: 1 field is wrong.
                  spec.replicas: Invalid value: -1: must be at least 0
                """);
    }

    @Test
    void ownCodesOfTheServerAreKept() throws IOException {
        StateMeshException problem = of(422, """
                {"kind":"Status","message":"SM-ZONE-007: host is taken.","code":422}""");
        assertThat(problem.code().code()).isEqualTo("SM-ZONE-007");
        assertThat(problem.sentence()).isEqualTo("host is taken.");
    }

    @Test
    void kubernetesWithoutStateMeshIsSaid() throws IOException {
        assertThat(of(404, "404 page not found").code()).isEqualTo(ClientErrors.NOT_INSTALLED);
        assertThat(of(404, """
                {"kind":"Status","message":"applications.statemesh.net \\"shop\\" not found","code":404,
                 "details":{"name":"shop","kind":"applications"}}""").code()).isEqualTo(ClientErrors.NOT_FOUND);
    }

    @Test
    void silentServerIsAPlatformErrorAndNoSecretIsShown() {
        StateMeshException problem = ApiFailures.unreachable(ALICE, new ConnectException("Connection refused"));
        assertThat(problem.code().kind().exitCode()).isEqualTo(2);
        assertThat(ErrorPage.text(problem, false)).contains("6440 does not answer.", "Connection refused");
        assertThat(ALICE.toString() + ErrorPage.text(problem, false)).doesNotContain("secret-token");
    }

    private static StateMeshException of(int status, String body) throws IOException {
        var tree = body.startsWith("{") ? new ObjectMapper().readTree(body) : new ObjectMapper().createObjectNode();
        return ApiFailures.of(status, tree, ApiPaths.applications("shop"), ALICE);
    }
}
