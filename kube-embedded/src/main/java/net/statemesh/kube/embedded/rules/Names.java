// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.Cause;

/** Forms of names and labels (RFC 1123, RFC 1035, Kubernetes' qualified names). */
public final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern QUALIFIED = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;

    private Names() {}

    /** What is wrong with an object's name, if anything. */
    static Optional<Cause> objectName(ResourceType type, String name) {
        return switch (type.id()) {
            case "namespaces" -> label("metadata.name", name);
            case "services" -> label1035("metadata.name", name);
            case "roles.rbac.authorization.k8s.io",
                    "rolebindings.rbac.authorization.k8s.io",
                    "clusterroles.rbac.authorization.k8s.io",
                    "clusterrolebindings.rbac.authorization.k8s.io" -> pathSegment("metadata.name", name);
            default -> subdomain("metadata.name", name);
        };
    }

    public static Optional<Cause> label(String field, String value) {
        if (value.length() > MAX_LABEL) {
            return Optional.of(Cause.invalidText(field, value, "must be no more than 63 characters"));
        }
        return LABEL.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(Cause.invalidText(
                        field,
                        value,
                        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start"
                                + " and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                                + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"));
    }

    public static Optional<Cause> subdomain(String field, String value) {
        if (value.length() > MAX_SUBDOMAIN) {
            return Optional.of(Cause.invalidText(field, value, "must be no more than 253 characters"));
        }
        return SUBDOMAIN.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(
                        Cause.invalidText(
                                field,
                                value,
                                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                                        + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                                        + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"));
    }

    static Optional<Cause> label1035(String field, String value) {
        if (value.length() > MAX_LABEL) {
            return Optional.of(Cause.invalidText(field, value, "must be no more than 63 characters"));
        }
        return LABEL_1035.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(Cause.invalidText(
                        field,
                        value,
                        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                                + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex"
                                + " used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"));
    }

    private static Optional<Cause> pathSegment(String field, String value) {
        boolean bad = value.equals(".") || value.equals("..") || value.contains("/") || value.contains("%");
        return bad
                ? Optional.of(Cause.invalidText(field, value, "may not be '.' or '..' and may not contain '/' or '%'"))
                : Optional.empty();
    }

    static void labelPair(String field, String key, String value, List<Cause> causes) {
        qualifiedName(field, key).ifPresent(causes::add);
        if (value.length() > MAX_LABEL) {
            causes.add(Cause.invalidText(field, value, "must be no more than 63 characters"));
        } else if (!LABEL_VALUE.matcher(value).matches()) {
            causes.add(Cause.invalidText(
                    field,
                    value,
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                            + " start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345',"
                            + " regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"));
        }
    }

    public static Optional<Cause> qualifiedName(String field, String name) {
        int slash = name.lastIndexOf('/');
        String prefix = slash < 0 ? "" : name.substring(0, slash);
        String last = name.substring(slash + 1);
        boolean good = QUALIFIED.matcher(last).matches()
                && last.length() <= MAX_LABEL
                && (slash < 0
                        || (prefix.length() <= MAX_SUBDOMAIN
                                && SUBDOMAIN.matcher(prefix).matches()));
        return good
                ? Optional.empty()
                : Optional.of(Cause.invalidText(
                        field,
                        name,
                        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                                + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                                + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), with an optional DNS subdomain"
                                + " prefix and '/' (e.g. 'example.com/MyName')"));
    }
}
