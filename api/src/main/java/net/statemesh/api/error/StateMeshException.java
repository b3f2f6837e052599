// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure that a person will read: one sentence, the evidence as the system saw it, and what to do next. */
public class StateMeshException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ErrorCode code;
    private final transient List<String> evidence;
    private final transient List<String> next;

    public StateMeshException(ErrorCode code, String sentence, List<String> evidence, List<String> next) {
        this(code, sentence, evidence, next, null);
    }

    public StateMeshException(
            ErrorCode code, String sentence, List<String> evidence, List<String> next, @Nullable Throwable cause) {
        super(sentence, cause);
        this.code = code;
        this.evidence = List.copyOf(evidence);
        this.next = List.copyOf(next);
    }

    public ErrorCode code() {
        return code;
    }

    /** One sentence without the code: names the field, the value and what would be accepted. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Lines that show the cause as the system saw it, for example the last lines of a log. */
    public List<String> evidence() {
        return evidence;
    }

    /** What the reader can do now, most useful first. */
    public List<String> next() {
        return next;
    }
}
