// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;

/**
 * Packs a folder of web pages into an image: busybox httpd on port {@value #PORT} as an unprivileged user, below catatonit so that it
 * ends at once when asked to. {@code index.html} answers for a folder, {@code 404.html} (where there is one) for what is missing.
 */
public final class StaticSite {
    public static final int PORT = 8080;

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String ROOT = "srv/www";
    private static final String CONFIGURATION = "etc/httpd.conf";
    private static final String USER = "65532:65532";
    /** What exec, terminal and copy need inside, and what people look around with. */
    private static final List<String> TOOLS =
            List.of("sh", "tar", "cat", "env", "grep", "id", "ls", "ps", "sleep", "top", "wget");

    private static final String MEDIA_TYPES = """
            .html:text/html;charset=utf-8
            .htm:text/html;charset=utf-8
            .txt:text/plain;charset=utf-8
            .css:text/css;charset=utf-8
            .js:text/javascript;charset=utf-8
            .mjs:text/javascript;charset=utf-8
            .json:application/json
            .map:application/json
            .webmanifest:application/manifest+json
            .xml:application/xml
            .pdf:application/pdf
            .wasm:application/wasm
            .svg:image/svg+xml
            .ico:image/x-icon
            .webp:image/webp
            .avif:image/avif
            .woff:font/woff
            .woff2:font/woff2
            .mp4:video/mp4
            .webm:video/webm
            """;

    private StaticSite() {}

    /** Packs {@code folder}, which must have an index.html; hidden files (but .well-known) stay out. */
    public static OciImage build(Path folder) {
        SiteFolder site = SiteFolder.read(folder);
        if (!site.files().containsKey("index.html")) {
            throw new StateMeshException(
                    ImageErrors.FOLDER,
                    "'" + folder + "' has no index.html and no Dockerfile.",
                    List.of(site.files().isEmpty() ? "the folder is empty" : firstNames(site)),
                    List.of("add an index.html to deploy it as a static site", "add a Dockerfile to have it built"));
        }
        ImageBuilder image = new ImageBuilder()
                .file("bin/busybox", HostProgram.statically(BUSYBOX, "busybox-static"), 0755)
                .file("bin/init", HostProgram.statically(PauseImage.CATATONIT, PauseImage.CATATONIT_PACKAGE), 0755)
                .file("etc/passwd", text("site:x:65532:65532:site:/:/bin/false\n"), 0644)
                .file("etc/group", text("site:x:65532:\n"), 0644)
                .directory("tmp", 01777);
        TOOLS.forEach(tool -> image.link("bin/" + tool, "busybox"));
        image.nextLayer().file(CONFIGURATION, text(configuration(site)), 0644);
        site.files().forEach((path, file) -> image.file(ROOT + "/" + path, file, 0644));
        String[] entrypoint = {
            "/bin/init",
            "--",
            "/bin/busybox",
            "httpd",
            "-f",
            "-vv",
            "-p",
            "" + PORT,
            "-h",
            "/" + ROOT,
            "-c",
            "/" + CONFIGURATION
        };
        return image.entrypoint(entrypoint)
                .expose(PORT)
                .user(USER)
                .workingDirectory("/" + ROOT)
                .build();
    }

    private static String configuration(SiteFolder site) {
        String notFound = site.files().containsKey("404.html") ? "E404:/" + ROOT + "/404.html\n" : "";
        return notFound + MEDIA_TYPES;
    }

    private static String firstNames(SiteFolder site) {
        List<String> names = site.files().keySet().stream().limit(5).toList();
        return "found " + site.files().size() + " files: " + String.join(", ", names)
                + (names.size() < site.files().size() ? ", …" : "");
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
