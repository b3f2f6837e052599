// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.url;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ClientErrors;
import net.statemesh.cli.client.ClientTls;
import org.jspecify.annotations.Nullable;

/** Waits until a URL is answered by its application: ready replicas are of no use before the router knows of them. */
public final class FirstAnswer {
    /** The router hears of a ready replica in milliseconds; after this long it does not hear at all. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long PAUSE_NANOS = 20_000_000;
    private static final long LONGEST_PAUSE_NANOS = 500_000_000;

    private final @Nullable String authorityPem;

    /** {@code authorityPem} signs the router's certificates; empty: an authority that the platform trusts. */
    public FirstAnswer(Optional<String> authorityPem) {
        this.authorityPem = authorityPem.orElse(null);
    }

    /** The first answer that came from a replica; an error when none came in time. */
    public PublicAnswer await(URI url, Duration within) {
        PublicRequest request = new PublicRequest(tls(), url);
        long deadlineNanos = System.nanoTime() + within.toNanos();
        long pauseNanos = PAUSE_NANOS;
        String last;
        do {
            try {
                PublicAnswer answer = request.send();
                if (answer.isRouted()) {
                    return answer;
                }
                last = url + " answers " + answer;
            } catch (IOException e) {
                last = url + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
            LockSupport.parkNanos(pauseNanos);
            pauseNanos = Math.min(LONGEST_PAUSE_NANOS, pauseNanos * 2);
        } while (System.nanoTime() - deadlineNanos < 0
                && !Thread.currentThread().isInterrupted());
        throw new StateMeshException(
                UrlErrors.NOT_ROUTED,
                "The replicas are ready, but the router does not lead to them.",
                List.of(last),
                List.of("statemesh status", "statemesh logs ingress"));
    }

    private SSLContext tls() {
        try {
            return ClientTls.context(authorityPem, null, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new StateMeshException(
                    ClientErrors.TLS,
                    "The zone's ca.crt cannot be used.",
                    List.of(String.valueOf(e.getMessage())),
                    List.of("statemesh doctor"),
                    e);
        }
    }
}
