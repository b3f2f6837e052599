// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;

/** Where objects are in the Kubernetes API. */
public final class ApiPaths {
    private static final String STATEMESH = "/apis/" + ApiGroup.API_VERSION;
    private static final String CORE = "/api/v1";

    private ApiPaths() {}

    public static String applications(String project) {
        return STATEMESH + "/namespaces/" + encode(project) + "/applications";
    }

    /** Applications of every project. */
    public static String allApplications() {
        return STATEMESH + "/applications";
    }

    public static String application(String project, String name) {
        return applications(project) + "/" + encode(name);
    }

    /** Releases of the application with this id. */
    public static String releases(String project, String applicationId) {
        return STATEMESH + "/namespaces/" + encode(project) + "/releases?labelSelector="
                + encode(Labels.APPLICATION_ID + "=" + applicationId);
    }

    public static String projects() {
        return STATEMESH + "/projects";
    }

    public static String project(String name) {
        return projects() + "/" + encode(name);
    }

    public static String nodes() {
        return CORE + "/nodes";
    }

    public static String node(String name) {
        return nodes() + "/" + encode(name);
    }

    public static String pod(String project, String name) {
        return CORE + "/namespaces/" + encode(project) + "/pods/" + encode(name);
    }

    /** Replicas of an application. */
    public static String replicas(String project, String application) {
        return CORE + "/namespaces/" + encode(project) + "/pods?labelSelector="
                + encode(Labels.APPLICATION + "=" + application);
    }

    /** Events of a project. */
    public static String events(String project) {
        return CORE + "/namespaces/" + encode(project) + "/events";
    }

    /** The History of a subject. */
    public static String history(String namespace, String name) {
        return STATEMESH + "/namespaces/" + encode(namespace) + "/histories/" + encode(name);
    }

    /** Pods of all projects on one node. */
    public static String podsOn(String node) {
        return CORE + "/pods?fieldSelector=" + encode("spec.nodeName=" + node);
    }

    /** The ConfigMap that describes the zone. */
    public static String zoneSettings() {
        return CORE + "/namespaces/" + SystemNames.NAMESPACE + "/configmaps/" + SystemNames.ZONE_CONFIG_MAP;
    }

    /** For a path component or a query value. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
