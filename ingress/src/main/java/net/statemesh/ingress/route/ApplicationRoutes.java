// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.statemesh.api.Hostnames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.Entrypoint;
import org.jspecify.annotations.Nullable;

/**
 * What one application wants routed to it: a pure function of the application, its pods and the zone.
 *
 * @param createdMillis Unix time; decides clashes, the older wins
 * @param paths in the order of the entrypoints
 * @param alive endpoints of every replica that has not ended, ready or not: what leaves this list is drained
 */
public record ApplicationRoutes(
        String project, String application, long createdMillis, List<PathClaim> paths, List<Endpoint> alive) {
    /** Older first; names decide between applications of one moment, so that every router decides alike. */
    public static final Comparator<ApplicationRoutes> OLDEST_FIRST = Comparator.<ApplicationRoutes>comparingLong(
                    routes -> routes.createdMillis)
            .thenComparing(routes -> routes.project)
            .thenComparing(routes -> routes.application);

    public ApplicationRoutes {
        paths = List.copyOf(paths);
        alive = List.copyOf(alive);
    }

    /**
     * One path of one host.
     *
     * @param host lower case
     * @param endpoints ready replicas only
     */
    public record PathClaim(
            String host, String path, boolean exact, int port, Balancing balancing, List<Endpoint> endpoints) {
        public PathClaim {
            endpoints = List.copyOf(endpoints);
        }
    }

    /** Unique in the zone. */
    public String key() {
        return key(project, application);
    }

    public static String key(String project, String application) {
        return project + "/" + application;
    }

    /**
     * Computes the routes; an application that holds no host yet has none.
     *
     * @param pods all pods of this application, in any order
     */
    public static ApplicationRoutes of(Application application, List<Pod> pods, ZoneSettings zone) {
        List<Pod> replicas = pods.stream()
                .filter(Replicas::isAlive)
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
        List<Pod> ready = replicas.stream().filter(Replicas::isReady).toList();
        List<PathClaim> paths = new ArrayList<>();
        List<Endpoint> alive = new ArrayList<>();
        if (application.getSpec() != null) {
            Balancing balancing = Balancing.of(application.getMetadata().getAnnotations());
            for (Entrypoint entrypoint : application.getSpec().entrypoints()) {
                String host = heldHost(application, entrypoint, zone);
                if (host != null) {
                    paths.add(new PathClaim(
                            host,
                            entrypoint.path(),
                            entrypoint.pathType() == Entrypoint.PathType.EXACT,
                            entrypoint.port(),
                            balancing,
                            Replicas.endpoints(ready, entrypoint)));
                    alive.addAll(Replicas.endpoints(replicas, entrypoint));
                }
            }
        }
        return new ApplicationRoutes(
                application.getMetadata().getNamespace(),
                application.getMetadata().getName(),
                createdMillis(application),
                paths,
                alive.stream().distinct().toList());
    }

    /** The entrypoint's host, when the master has given it to this application. */
    private static @Nullable String heldHost(Application application, Entrypoint entrypoint, ZoneSettings zone) {
        ApplicationStatus status = application.getStatus();
        if (status == null || status.id() == null) {
            return null;
        }
        String host = entrypoint.host() != null
                ? entrypoint.host()
                : Hostnames.generated(application.getMetadata().getName(), status.id(), zone);
        return status.hosts().contains(host) ? host : null;
    }

    private static long createdMillis(Application application) {
        String created = application.getMetadata().getCreationTimestamp();
        return created == null ? Long.MAX_VALUE : Instant.parse(created).toEpochMilli();
    }
}
