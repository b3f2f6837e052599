// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.view;

import java.util.Locale;

/** The form in which the client wants objects, from the {@code as} parameter of {@code Accept}. */
public enum Form {
    WHOLE,
    TABLE,
    METADATA;

    /** The first acceptable form of an {@code Accept} header. */
    public static Form of(String accept) {
        for (String range : accept.split(",", -1)) {
            String wanted = range.strip().toLowerCase(Locale.ROOT).replace(" ", "");
            if (!wanted.startsWith("application/json")) {
                continue;
            }
            if ((wanted + ";").contains(";v=v1;") && wanted.contains(";as=table")) {
                return TABLE;
            }
            if (wanted.contains(";as=partialobjectmetadata")) {
                return METADATA;
            }
            if (!wanted.contains(";as=")) {
                return WHOLE;
            }
        }
        return WHOLE;
    }
}
