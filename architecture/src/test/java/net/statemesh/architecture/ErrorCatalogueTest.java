// SPDX-License-Identifier: Apache-2.0
package net.statemesh.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/errors.md is made of the constants in the sources, and no two of them share a code. */
class ErrorCatalogueTest {
    private static final Path ROOT = Path.of(System.getProperty("statemesh.root"));
    private static final Path PAGE = ROOT.resolve("docs/errors.md");
    private static final String REGENERATE =
            "./build mvn -q test -pl architecture -am -Dtest=ErrorCatalogueTest -Dregenerate=true";
    private static final Pattern CONSTANT = Pattern.compile(
            "(?:/\\*\\*\\s*(?<doc>[^/]*?)\\s*\\*/\\s*)?(?:public |private )?static final ErrorCode (?<name>\\w+)\\s*=\\s*"
                    + "new ErrorCode\\(\\s*\"(?<code>SM-[A-Z]+-\\d{3})\",\\s*ErrorKind\\.(?<kind>\\w+)\\)");

    private record Entry(String code, String room, String kind, String text) {
        String row() {
            String exit = switch (kind) {
                case "USER" -> "1";
                case "PLATFORM" -> "2";
                case "TIMEOUT" -> "3";
                case "NOT_AUTHORISED" -> "4";
                default -> throw new AssertionError("unknown kind " + kind);
            };
            return "| `" + code + "` | " + exit + " | " + text + " | `" + room + "` |";
        }
    }

    @Test
    void pageListsEveryCodeOnce() throws IOException {
        TreeMap<String, Entry> entries = new TreeMap<>();
        for (Path source : sources()) {
            Matcher constant = CONSTANT.matcher(Files.readString(source));
            while (constant.find()) {
                Entry entry = new Entry(
                        constant.group("code"),
                        ROOT.relativize(source).getName(0).toString(),
                        constant.group("kind"),
                        text(constant.group("doc"), constant.group("name")));
                Entry before = entries.put(entry.code(), entry);
                assertThat(before).as("%s is used twice", entry.code()).isNull();
            }
        }
        String page = page(List.copyOf(entries.values()));
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("stale page: run %s and commit", REGENERATE).hasContent(page);
    }

    private static String page(List<Entry> entries) {
        StringBuilder page = new StringBuilder("""
                # Errors

                Every failure has a stable code. The same code stands in the command's output, in JSON, in events and in the API's Status.
                Exit codes: 1 the request is wrong, 2 the platform failed, 3 not in time, 4 not authorised.
                This page is generated from the constants in the sources; a test keeps it so.

                | code | exit | what it means | room |
                |---|---|---|---|
                """);
        entries.forEach(entry -> page.append(entry.row()).append('\n'));
        return page.toString();
    }

    private static String text(String doc, String name) {
        if (doc == null) {
            String words = name.toLowerCase(Locale.ROOT).replace('_', ' ');
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
        }
        return doc.replaceAll("\\s*\\n\\s*\\*?\\s*", " ").replaceAll("\\{@\\w+ ([^}]*)}", "$1");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> rooms = Files.list(ROOT)) {
            return rooms.map(room -> room.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ErrorCatalogueTest::javaFiles)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
