// SPDX-License-Identifier: Apache-2.0
package net.statemesh.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.statemesh.api.Reason;
import org.junit.jupiter.api.Test;

/** docs/reasons.md lists every reason that the sources can give, and no other; the sources give every reason that there is. */
class ReasonCatalogueTest {
    private static final Path ROOT = Path.of(System.getProperty("statemesh.root"));
    private static final Path PAGE = ROOT.resolve("docs/reasons.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);
    /** Rooms that judge or act; the command line only reads reasons, but for what people do with it. */
    private static final List<String> ROOMS = List.of("api", "zone", "node", "ingress", "launcher", "cli");

    @Test
    void everyReasonIsInThePageOnceAndThePageHasNoOther() throws IOException {
        Matcher row = ROW.matcher(Files.readString(PAGE));
        List<String> listed = row.results().map(result -> result.group(1)).toList();
        assertThat(listed).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(listed)).isEqualTo(new TreeSet<>(reasons().values()));
    }

    @Test
    void everyReasonIsGivenSomewhere() throws IOException {
        String sources = sources();
        Set<String> never = reasons().keySet().stream()
                .filter(name -> !Pattern.compile("\\bReason\\." + name + "\\b")
                        .matcher(sources)
                        .find())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(never).as("reasons that nothing gives").isEmpty();
    }

    /** Name of the constant to what it says. */
    private static Map<String, String> reasons() {
        return Arrays.stream(Reason.class.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .collect(Collectors.toMap(Field::getName, ReasonCatalogueTest::value, (a, b) -> a, TreeMap::new));
    }

    private static String value(Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String sources() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String room : ROOMS) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(room).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("Reason.java"))
                        .forEach(file -> sources.append(read(file)));
            }
        }
        return sources.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
