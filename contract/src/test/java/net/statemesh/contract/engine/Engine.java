// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Kubeconfig;

/** A running Kubernetes API, whoever provides it. */
public interface Engine extends AutoCloseable {
    URI url();

    /** The authority whose client certificates it accepts. */
    Users users();

    /** Ends the API server's process or what comes nearest, makes it forget every older revision, and starts it again. */
    void restartWithoutHistory();

    /** Signs the first two parts of a service account's token ({@code header.claims}, RFC 7519) as this engine does. */
    byte[] tokenSignature(String headerAndClaims) throws GeneralSecurityException;

    /** Called by clients: an engine that dies now and then does it while no request is under way. */
    default void beginRequest() {}

    /** See {@link #beginRequest}. */
    default void endRequest() {}

    /** Changes whenever connections from before are of no use any more. */
    int generation();

    /** From now on until the permit is closed nobody disturbs the engine: somebody watches the very sequence of events. */
    default Calm calm() {
        return () -> {};
    }

    /** See {@link #calm}. */
    interface Calm extends AutoCloseable {
        @Override
        void close();
    }

    /** May do everything. */
    default ApiClient admin() {
        return user("admin", "system:masters");
    }

    /** The client that StateMesh itself uses. */
    default KubernetesClient fabric8(String name, String... groups) {
        Identity identity = users().certificate(name, Duration.ofHours(1), groups);
        Config config = Config.fromKubeconfig(kubeconfig(name, identity).render());
        config.setClientKeyAlgo(identity.key().getAlgorithm());
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** What a user of this name and these groups shows. */
    default Kubeconfig kubeconfig(String name, String... groups) {
        return kubeconfig(name, users().certificate(name, Duration.ofHours(1), groups));
    }

    private Kubeconfig kubeconfig(String name, Identity identity) {
        return new Kubeconfig("contract", name, url(), users().authority().certificate(), identity, "default");
    }

    default ApiClient user(String name, String... groups) {
        return new ApiClient(this, users().certificate(name, Duration.ofHours(1), groups), null);
    }

    /** Shows a bearer token and no certificate. */
    default ApiClient bearer(String token) {
        return new ApiClient(this, null, token);
    }

    /** Shows nothing. */
    default ApiClient nobody() {
        return new ApiClient(this, null, null);
    }

    @Override
    void close();
}
