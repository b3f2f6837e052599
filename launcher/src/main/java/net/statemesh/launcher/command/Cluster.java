// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.role.KubeconfigAccess;

/** Somebody's Kubernetes, reached with the kubeconfig of an administrator. */
final class Cluster {
    /** A person waits: a server that is away is reported, not waited for. */
    private static final int RETRIES = 1;

    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;

    private final Path kubeconfig;

    Cluster(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** Works on it; what the server refuses becomes an error for people. */
    void administer(Consumer<KubernetesClient> work) {
        Config access = KubeconfigAccess.read(kubeconfig);
        access.setRequestRetryBackoffLimit(RETRIES);
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(access).build()) {
            work.accept(client);
        } catch (KubernetesClientException e) {
            throw spoken(e);
        }
    }

    private StateMeshException spoken(KubernetesClientException e) {
        String server = "the Kubernetes of " + kubeconfig;
        return switch (e.getCode()) {
            case 0 ->
                new StateMeshException(
                        LauncherErrors.NO_ANSWER,
                        server + " does not answer.",
                        List.of(cause(e)),
                        List.of("kubectl --kubeconfig " + kubeconfig + " version", "then the same command again"),
                        e);
            case UNAUTHENTICATED, FORBIDDEN ->
                new StateMeshException(
                        LauncherErrors.NOT_ADMINISTRATOR,
                        server + " does not let this user do that.",
                        List.of(cause(e)),
                        List.of("give the kubeconfig of a cluster administrator, for whom this says yes:"
                                + " kubectl --kubeconfig " + kubeconfig + " auth can-i '*' '*' --all-namespaces"),
                        e);
            default ->
                new StateMeshException(
                        LauncherErrors.INSTALL_REFUSED,
                        server + " refused a part of it.",
                        List.of(cause(e)),
                        List.of("what was done so far stays; the same command goes on from there"),
                        e);
        };
    }

    /** The server's own sentence where there is one, else the innermost reason. */
    private static String cause(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return Objects.requireNonNullElse(innermost.getMessage(), innermost.toString());
    }
}
