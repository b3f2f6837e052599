// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.validation;

import java.util.regex.Pattern;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.EnvVariable;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.application.ProbeSpec;
import org.jspecify.annotations.Nullable;

/** Rules over one container. */
final class ContainerValidation {
    /** {@code [host[:port]/]path[:tag][@digest]} after the grammar of the OCI distribution specification. */
    private static final Pattern IMAGE = Pattern.compile("([a-zA-Z0-9.-]+(:\\d{1,5})?/)?"
            + "[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
            + "(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?");

    private final Violations violations;
    private final Violations.Unique names;
    private final Violations.Unique ports;
    private final Violations.Unique portNames;
    private final ResourceValidation resources;

    ContainerValidation(
            Violations violations, Violations.Unique names, Violations.Unique ports, Violations.Unique portNames) {
        this.violations = violations;
        this.names = names;
        this.ports = ports;
        this.portNames = portNames;
        this.resources = new ResourceValidation(violations);
    }

    void check(String field, ContainerSpec container) {
        identity(field, container);
        environment(field, container);
        ports(field, container);
        resources.check(field + ".resources", container.resources());
        probe(field + ".readinessProbe", container.readinessProbe(), false);
        probe(field + ".livenessProbe", container.livenessProbe(), true);
        probe(field + ".startupProbe", container.startupProbe(), true);
    }

    void checkInit(String field, ContainerSpec container) {
        identity(field, container);
        environment(field, container);
        resources.check(field + ".resources", container.resources());
        String none = "nothing: an init container runs to its end before others start";
        violations.require(container.ports().isEmpty(), field + ".ports", container.ports(), none);
        violations.require(container.readinessProbe() == null, field + ".readinessProbe", "given", none);
        violations.require(container.livenessProbe() == null, field + ".livenessProbe", "given", none);
        violations.require(container.startupProbe() == null, field + ".startupProbe", "given", none);
    }

    private void identity(String field, ContainerSpec container) {
        if (violations.present(container.name(), field + ".name", "a DNS label (a-z, 0-9 and -)")) {
            names.check(field + ".name", container.name());
        }
        String accepted = "an image reference such as shop:2 or registry.example.org/team/shop:2";
        if (violations.present(container.image(), field + ".image", accepted)) {
            violations.require(
                    container.image().isEmpty()
                            || IMAGE.matcher(container.image()).matches(),
                    field + ".image",
                    container.image(),
                    accepted);
        }
    }

    private void environment(String field, ContainerSpec container) {
        Violations.Unique variables = violations.new Unique("a name that is given once");
        for (int i = 0; i < container.env().size(); i++) {
            EnvVariable variable = container.env().get(i);
            String path = field + ".env[" + i + "]";
            if (violations.present(variable.name(), path + ".name", "a name")) {
                variables.check(path + ".name", variable.name());
            }
            violations.require(
                    variable.value() == null || variable.secret() == null,
                    path,
                    variable.name(),
                    "either a value or a secret, not both");
        }
    }

    private void ports(String field, ContainerSpec container) {
        for (int i = 0; i < container.ports().size(); i++) {
            PortSpec port = container.ports().get(i);
            String path = field + ".ports[" + i + "]";
            ports.check(path + ".port", port.port() + "/" + port.protocol());
            if (port.name() != null) {
                portNames.check(path + ".name", port.name());
            }
        }
    }

    private void probe(String field, @Nullable ProbeSpec probe, boolean onceIsEnough) {
        if (probe == null) {
            return;
        }
        int given = (probe.http() == null ? 0 : 1) + (probe.tcp() == null ? 0 : 1) + (probe.exec() == null ? 0 : 1);
        violations.require(given == 1, field, given + " of http, tcp, exec", "exactly one of http, tcp and exec");
        violations.require(
                !onceIsEnough || probe.successThreshold() == 1,
                field + ".successThreshold",
                probe.successThreshold(),
                "1 (only a readiness probe may ask for more)");
    }
}
