// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.discovery;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes' order of API versions: stable before beta before alpha, newer first, anything else last by name. */
public final class VersionOrder implements Comparator<String> {
    private static final Pattern VERSION = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

    @Override
    public int compare(String left, String right) {
        Matcher a = VERSION.matcher(left);
        Matcher b = VERSION.matcher(right);
        if (!a.matches() || !b.matches()) {
            return a.matches() ? -1 : b.matches() ? 1 : left.compareTo(right);
        }
        int byStability = Integer.compare(stability(b), stability(a));
        int byMajor = Integer.compare(number(b, 1), number(a, 1));
        return byStability != 0 ? byStability : byMajor != 0 ? byMajor : Integer.compare(number(b, 3), number(a, 3));
    }

    private static int stability(Matcher version) {
        return version.group(2) == null ? 2 : version.group(2).equals("beta") ? 1 : 0;
    }

    private static int number(Matcher version, int group) {
        return version.group(group) == null ? 0 : Integer.parseInt(version.group(group));
    }
}
