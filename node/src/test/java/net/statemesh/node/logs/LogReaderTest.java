// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    @TempDir
    private Path folder;

    @Test
    void textComesWithoutTheHeadOfEachEntry() throws Exception {
        write("0.log", "1 stdout F one", "2 stderr F two");
        assertThat(read(LogOptions.ALL)).isEqualTo("one\ntwo\n");
    }

    @Test
    void partialEntriesBecomeOneLine() throws Exception {
        write("0.log", "1 stdout P long ", "2 stdout F line", "3 stdout F next");
        assertThat(read(LogOptions.ALL)).isEqualTo("long line\nnext\n");
    }

    @Test
    void timestampsStandOncePerLine() throws Exception {
        write("0.log", "1 stdout P long ", "2 stdout F line");
        assertThat(read(new LogOptions(false, null, null, true, null))).isEqualTo("2026-01-01T00:00:01.5Z long line\n");
    }

    @Test
    void tailReachesBackIntoRotatedParts() throws Exception {
        write("0.log.20260101-000000.000", "1 stdout F a", "2 stdout F b");
        write("0.log", "3 stdout F c", "4 stdout F d");
        assertThat(read(tail(0))).isEmpty();
        assertThat(read(tail(1))).isEqualTo("d\n");
        assertThat(read(tail(2))).isEqualTo("c\nd\n");
        assertThat(read(tail(3))).isEqualTo("b\nc\nd\n");
        assertThat(read(tail(9))).isEqualTo("a\nb\nc\nd\n");
    }

    @Test
    void tailFindsLinesAcrossBlocks() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            all.append("2026-01-01T00:00:01.5Z stdout F line ").append(i).append('\n');
        }
        Files.writeString(folder.resolve("0.log"), all);
        assertThat(read(tail(1_000)).lines()).hasSize(1_000).first().isEqualTo("line 4000");
    }

    @Test
    void sinceLeavesOlderLinesOut() throws Exception {
        write("0.log", "1 stdout F old", "5 stdout F new");
        assertThat(read(new LogOptions(false, null, Instant.parse("2026-01-01T00:00:03Z"), false, null)))
                .isEqualTo("new\n");
    }

    @Test
    void limitEndsInTheMiddleOfALine() throws Exception {
        write("0.log", "1 stdout F abcdef", "2 stdout F ghi");
        assertThat(read(new LogOptions(false, null, null, false, 9L))).isEqualTo("abcdef\ngh");
    }

    @Test
    void brokenLinesArePassedOver() throws Exception {
        Files.writeString(folder.resolve("0.log"), "garbage\n2026-01-01T00:00:01.5Z stdout F good\n2026-01-01T00:0");
        assertThat(read(LogOptions.ALL)).isEqualTo("good\n");
    }

    @Test
    void followSeesWhatIsWrittenLaterAndTheFileThatTakesOver() throws Exception {
        Path log = folder.resolve("0.log");
        write("0.log", "1 stdout F one");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AtomicBoolean running = new AtomicBoolean(true);
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                new LogReader(new LogOptions(true, null, null, false, null), out::writeBytes).read(log, running::get);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> out.toString(StandardCharsets.UTF_8).equals("one\n"));
        write("0.log", "2 stdout F two");
        Files.move(log, folder.resolve("0.log.20260101-000000.000"));
        write("0.log", "3 stdout F three");
        await().until(() -> out.toString(StandardCharsets.UTF_8).equals("one\ntwo\nthree\n"));
        running.set(false);
        reader.join();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void rotationKeepsABoundedNumberOfParts() throws IOException {
        Path log = folder.resolve("0.log");
        int[] reopened = {0};
        for (int i = 0; i < 8; i++) {
            Files.write(log, new byte[(int) LogRotation.MAX_FILE_BYTES]);
            assertThat(LogRotation.rotate(log, Instant.ofEpochSecond(i), () -> reopened[0]++))
                    .isTrue();
        }
        Files.writeString(log, "small");
        assertThat(LogRotation.rotate(log, Instant.ofEpochSecond(99), () -> reopened[0]++))
                .isFalse();
        assertThat(reopened[0]).isEqualTo(8);
        assertThat(LogFiles.oldestFirst(log))
                .hasSize(LogRotation.MAX_FILES + 1)
                .last()
                .isEqualTo(log);
        LogFiles.remove(log);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void logIsPutBackWhenTheRuntimeCannotBeTold() throws IOException {
        Path log = folder.resolve("0.log");
        Files.write(log, new byte[(int) LogRotation.MAX_FILE_BYTES]);
        assertThatThrownBy(() -> LogRotation.rotate(log, Instant.EPOCH, () -> {
                    throw new IllegalStateException("the runtime is away");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(LogFiles.oldestFirst(log)).containsExactly(log);
        assertThat(LogRotation.rotate(log, Instant.EPOCH, () -> {})).isTrue();
    }

    @Test
    void runtimeIsToldAgainWhenTheLogIsMissing() {
        int[] reopened = {0};
        assertThat(LogRotation.rotate(folder.resolve("0.log"), Instant.EPOCH, () -> reopened[0]++))
                .isFalse();
        assertThat(reopened[0]).isEqualTo(1);
    }

    private static LogOptions tail(long lines) {
        return new LogOptions(false, lines, null, false, null);
    }

    private String read(LogOptions options) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LogReader(options, out::writeBytes).read(folder.resolve("0.log"), () -> false);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Entries whose time is given as a second. */
    private void write(String file, String... entries) throws IOException {
        for (String entry : entries) {
            Files.writeString(
                    folder.resolve(file),
                    "2026-01-01T00:00:0" + entry.charAt(0) + ".5Z" + entry.substring(1) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
