// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

import java.util.regex.Pattern;

/** Generated names: {@code <app>-<id>.<zone>.<domain>} (labels after RFC 1123). */
public final class Hostnames {
    /** Characters in an application's id. */
    public static final int ID_LENGTH = 5;
    /** Longest label (RFC 1035, 2.3.4). */
    public static final int MAX_LABEL_LENGTH = 63;
    /** Longest name that leaves room for the length bytes (RFC 1035, 2.3.4). */
    public static final int MAX_NAME_LENGTH = 253;
    /** Longest name of an application: name, dash and id share one label. */
    public static final int MAX_APPLICATION_NAME_LENGTH = MAX_LABEL_LENGTH - 1 - ID_LENGTH;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private Hostnames() {}

    /**
     * The generated name of an application.
     *
     * @param id {@value #ID_LENGTH} characters, {@code status.id}
     */
    public static String generated(String application, String id, ZoneSettings zone) {
        String label = application + "-" + id;
        if (!isDnsLabel(label)) {
            throw new IllegalArgumentException("'" + label + "' is no DNS label: a name has at most "
                    + MAX_APPLICATION_NAME_LENGTH + " of a-z, 0-9 and -");
        }
        return label + "." + suffix(zone);
    }

    /** {@code <zone>.<domain>}: every generated name ends with a dot and this. */
    public static String suffix(ZoneSettings zone) {
        return zone.name() + "." + zone.domain();
    }

    /** Whether this name is below the zone's own suffix. */
    public static boolean isInZone(String host, ZoneSettings zone) {
        return host.endsWith("." + suffix(zone));
    }

    public static boolean isDnsLabel(String label) {
        return LABEL.matcher(label).matches();
    }

    public static boolean isDnsName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (!isDnsLabel(label)) {
                return false;
            }
        }
        return true;
    }
}
