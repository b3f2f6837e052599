// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.doctor;

/**
 * One thing that was looked at.
 *
 * @param repair what to do; empty when there is nothing to repair
 */
public record Finding(String subject, Verdict verdict, String detail, String repair) {
    /** How bad it is. */
    public enum Verdict {
        GOOD,
        /** Works, but not as well as it could. */
        WARNING,
        /** Keeps a zone from working. */
        BAD
    }

    static Finding good(String subject, String detail) {
        return new Finding(subject, Verdict.GOOD, detail, "");
    }

    static Finding warning(String subject, String detail, String repair) {
        return new Finding(subject, Verdict.WARNING, detail, repair);
    }

    static Finding bad(String subject, String detail, String repair) {
        return new Finding(subject, Verdict.BAD, detail, repair);
    }
}
