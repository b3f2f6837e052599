// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/** Builds a folder with a Dockerfile by buildah and pushes the image. Certificates go by files, never by arguments. */
public final class DockerfileBuild {
    private static final String BUILDAH = "buildah";
    private static final long MAX_MINUTES = 60;
    private static final int LAST_LINES = 20;

    /**
     * PEM texts for the registry.
     *
     * @param authority whom to trust; null: the platform's own
     */
    public record Credentials(
            @Nullable String authority,
            @Nullable String certificate,
            @Nullable String key) {
        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }

    private DockerfileBuild() {}

    /** Returns the name under which nodes pull the image: {@code registry/repository@sha256:…}. */
    public static String push(Path folder, String registry, String repository, Credentials credentials) {
        requireBuildah();
        // a relative name may begin with a dash, and would be taken for an option
        Path source = folder.toAbsolutePath();
        try (WorkFolder work = WorkFolder.create()) {
            Path certificates = certificates(work.path(), credentials);
            Path id = work.path().resolve("image-id");
            run(
                    work,
                    "build",
                    "--iidfile",
                    id.toString(),
                    "--file",
                    source.resolve("Dockerfile").toString(),
                    source.toString());
            String built = Files.readString(id).strip();
            Path digest = work.path().resolve("digest");
            try {
                run(
                        work,
                        "push",
                        "--cert-dir",
                        certificates.toString(),
                        "--digestfile",
                        digest.toString(),
                        built,
                        "docker://" + registry + "/" + new ImageReference(repository, "latest"));
            } finally {
                // the registry has it now; only base images stay, for the next build
                run(work, "rmi", "--force", built);
            }
            return registry + "/" + repository + "@"
                    + new Digest(Files.readString(digest).strip());
        } catch (IOException e) {
            throw new StateMeshException(
                    ImageErrors.BUILD_FAILED,
                    "The image of '" + folder + "' could not be built.",
                    List.of(String.valueOf(e)),
                    List.of("check that there is room in " + System.getProperty("java.io.tmpdir")),
                    e);
        }
    }

    private static void requireBuildah() {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(":", -1)) {
            if (Files.isExecutable(Path.of(folder.isEmpty() ? "." : folder, BUILDAH))) {
                return;
            }
        }
        throw new StateMeshException(
                ImageErrors.PROGRAM_MISSING,
                "The folder has a Dockerfile, and buildah, which builds it, is not installed.",
                List.of(),
                List.of(
                        "apt-get install -y --no-install-recommends buildah",
                        "--image REF of an image built elsewhere"));
    }

    private static Path certificates(Path work, Credentials credentials) throws IOException {
        Path folder = Files.createDirectory(work.resolve("certs"));
        write(folder.resolve("ca.crt"), credentials.authority());
        write(folder.resolve("client.cert"), credentials.certificate());
        write(folder.resolve("client.key"), credentials.key());
        return folder;
    }

    private static void write(Path file, @Nullable String pem) throws IOException {
        if (pem != null) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, pem, StandardCharsets.US_ASCII);
        }
    }

    private static void run(WorkFolder work, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(BUILDAH));
        command.addAll(List.of(arguments));
        Path log = work.path().resolve("buildah.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw failed(arguments[0], "it took more than " + MAX_MINUTES + " minutes", log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw failed(arguments[0], "it was interrupted", log);
        }
        if (process.exitValue() != 0) {
            throw failed(arguments[0], "exit code " + process.exitValue(), log);
        }
    }

    private static StateMeshException failed(String step, String why, Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return new StateMeshException(
                ImageErrors.BUILD_FAILED,
                "buildah " + step + " failed: " + why + ".",
                lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()),
                List.of("put the Dockerfile right and deploy again"));
    }
}
