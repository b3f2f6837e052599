// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import net.statemesh.kube.embedded.status.Cause;

/** Checks a pod specification as Kubernetes does, with its messages. */
final class PodValidation {
    private static final Pattern ENV_NAME = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final int MAX_PORT = 65_535;

    private final List<Cause> causes;

    PodValidation(List<Cause> causes) {
        this.causes = causes;
    }

    void spec(JsonNode spec, String at) {
        oneOf(spec, at, "restartPolicy", List.of("Always", "Never", "OnFailure"));
        oneOf(spec, at, "dnsPolicy", List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"));
        atLeast(spec, at, "terminationGracePeriodSeconds", 0);
        atLeast(spec, at, "activeDeadlineSeconds", 1);
        Set<String> volumes = volumes(spec.path("volumes"), at + ".volumes");
        if (spec.path("containers").isEmpty()) {
            causes.add(Cause.required(at + ".containers", ""));
        }
        Set<String> names = new HashSet<>();
        for (String list : PodDefaults.CONTAINER_LISTS) {
            JsonNode containers = spec.path(list);
            for (int i = 0; i < containers.size(); i++) {
                container(containers.get(i), at + "." + list + "[" + i + "]", names, volumes);
            }
        }
    }

    private void container(JsonNode container, String at, Set<String> names, Set<String> volumes) {
        String name = container.path("name").asText("");
        if (name.isEmpty()) {
            causes.add(Cause.required(at + ".name", ""));
        } else {
            Names.label(at + ".name", name).ifPresent(causes::add);
            if (!names.add(name)) {
                causes.add(Cause.duplicate(at + ".name", '"' + name + '"'));
            }
        }
        String image = container.path("image").asText("");
        if (image.isEmpty()) {
            causes.add(Cause.required(at + ".image", ""));
        } else if (!image.equals(image.strip())) {
            causes.add(Cause.invalidText(at + ".image", image, "must not have leading or trailing whitespace"));
        }
        oneOf(container, at, "imagePullPolicy", List.of("Always", "IfNotPresent", "Never"));
        oneOf(container, at, "terminationMessagePolicy", List.of("FallbackToLogsOnError", "File"));
        ports(container.path("ports"), at + ".ports");
        env(container.path("env"), at + ".env");
        resources(container.path("resources"), at + ".resources");
        PROBES.forEach(probe -> probe(container.path(probe), at + "." + probe));
        mounts(container.path("volumeMounts"), at + ".volumeMounts", volumes);
    }

    private void ports(JsonNode ports, String at) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String here = at + "[" + i + "]";
            port(ports.get(i).path("containerPort"), here + ".containerPort", true);
            port(ports.get(i).path("hostPort"), here + ".hostPort", false);
            oneOf(ports.get(i), here, "protocol", List.of("SCTP", "TCP", "UDP"));
            String name = ports.get(i).path("name").asText("");
            if (!name.isEmpty() && !names.add(name)) {
                causes.add(Cause.duplicate(here + ".name", '"' + name + '"'));
            }
        }
    }

    private void port(JsonNode port, String at, boolean required) {
        long number = port.asLong(0);
        if (number == 0 && port.isMissingNode()) {
            if (required) {
                causes.add(Cause.required(at, ""));
            }
        } else if (number < 1 || number > MAX_PORT) {
            causes.add(Cause.invalid(at, Long.toString(number), "must be between 1 and 65535, inclusive"));
        }
    }

    private void env(JsonNode env, String at) {
        for (int i = 0; i < env.size(); i++) {
            String name = env.get(i).path("name").asText("");
            String here = at + "[" + i + "]";
            if (name.isEmpty()) {
                causes.add(Cause.required(here + ".name", ""));
            } else if (!ENV_NAME.matcher(name).matches()) {
                causes.add(Cause.invalidText(
                        here + ".name",
                        name,
                        "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.',"
                                + " and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1',"
                                + " regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')"));
            }
            if (!env.get(i).path("value").asText("").isEmpty() && env.get(i).has("valueFrom")) {
                causes.add(
                        Cause.invalidText(here + ".valueFrom", "", "may not be specified when `value` is not empty"));
            }
        }
    }

    private void resources(JsonNode resources, String at) {
        for (String list : List.of("limits", "requests")) {
            for (var each : resources.path(list).properties()) {
                String here = at + "." + list + "[" + each.getKey() + "]";
                String value = each.getValue().asText();
                if (!Quantity.isValid(value)) {
                    causes.add(
                            Cause.invalidText(
                                    here,
                                    value,
                                    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
                } else if (Quantity.milli(value).signum() < 0) {
                    causes.add(Cause.invalidText(here, value, "must be greater than or equal to 0"));
                }
            }
        }
        for (var each : resources.path("requests").properties()) {
            JsonNode limit = resources.path("limits").path(each.getKey());
            if (!limit.isMissingNode()
                    && Quantity.milli(each.getValue().asText()).compareTo(Quantity.milli(limit.asText())) > 0) {
                causes.add(Cause.invalidText(
                        at + ".requests",
                        each.getValue().asText(),
                        "must be less than or equal to " + each.getKey() + " limit of " + limit.asText()));
            }
        }
    }

    private void probe(JsonNode probe, String at) {
        if (!probe.isObject()) {
            return;
        }
        long handlers = HANDLERS.stream().filter(probe::has).count();
        if (handlers == 0) {
            causes.add(Cause.required(at, "must specify a handler type"));
        } else if (handlers > 1) {
            causes.add(Cause.forbidden(at, "may not specify more than 1 handler type"));
        }
        for (String field : List.of("initialDelaySeconds")) {
            atLeast(probe, at, field, 0);
        }
        for (String field : List.of("timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")) {
            atLeast(probe, at, field, 1);
        }
        if (!at.endsWith("readinessProbe") && probe.path("successThreshold").asLong(1) != 1) {
            causes.add(Cause.invalid(
                    at + ".successThreshold", probe.path("successThreshold").asText(), "must be 1"));
        }
    }

    private void mounts(JsonNode mounts, String at, Set<String> volumes) {
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            String here = at + "[" + i + "]";
            String name = mounts.get(i).path("name").asText("");
            String path = mounts.get(i).path("mountPath").asText("");
            if (!volumes.contains(name)) {
                causes.add(Cause.notFound(here + ".name", name));
            }
            if (path.isEmpty()) {
                causes.add(Cause.required(here + ".mountPath", ""));
            } else if (!paths.add(path)) {
                causes.add(Cause.invalidText(here + ".mountPath", path, "must be unique"));
            }
        }
    }

    private Set<String> volumes(JsonNode volumes, String at) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            String name = volumes.get(i).path("name").asText("");
            if (name.isEmpty()) {
                causes.add(Cause.required(at + "[" + i + "].name", ""));
            } else {
                Names.label(at + "[" + i + "].name", name).ifPresent(causes::add);
                if (!names.add(name)) {
                    causes.add(Cause.duplicate(at + "[" + i + "].name", '"' + name + '"'));
                }
            }
        }
        return names;
    }

    private void oneOf(JsonNode object, String at, String field, List<String> accepted) {
        JsonNode value = object.path(field);
        if (value.isTextual() && !accepted.contains(value.asText())) {
            causes.add(Cause.notSupported(at + "." + field, value.asText(), accepted));
        }
    }

    private void atLeast(JsonNode object, String at, String field, long least) {
        JsonNode value = object.path(field);
        if (value.isNumber() && value.asLong() < least) {
            causes.add(Cause.invalid(
                    at + "." + field,
                    value.asText(),
                    "must be greater than " + (least == 0 ? "or equal to 0" : Long.toString(least - 1))));
        }
    }
}
