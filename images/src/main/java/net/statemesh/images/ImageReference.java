// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.statemesh.api.error.StateMeshException;

/**
 * A place inside one registry, for example {@code statemesh/pause:1} (grammar: OCI distribution specification).
 *
 * @param repository lower-case path components
 * @param tag up to 128 characters
 */
public record ImageReference(String repository, String tag) {
    private static final int MAX_REPOSITORY_CHARS = 255;
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern SHAPE =
            Pattern.compile("(?<repository>" + COMPONENT + "(?:/" + COMPONENT + ")*):(?<tag>\\w[\\w.-]{0,127})");

    public ImageReference {
        if (repository.length() > MAX_REPOSITORY_CHARS
                || !SHAPE.matcher(repository + ":" + tag).matches()) {
            throw invalid(repository + ":" + tag);
        }
    }

    /** Reads {@code repository:tag}. */
    public static ImageReference parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw invalid(text);
        }
        return new ImageReference(matcher.group("repository"), matcher.group("tag"));
    }

    private static StateMeshException invalid(String text) {
        return new StateMeshException(
                ImageErrors.INVALID,
                "'" + text + "' is no image reference: repository:tag is accepted, lower case, for example web/shop:1.",
                List.of(),
                List.of());
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
