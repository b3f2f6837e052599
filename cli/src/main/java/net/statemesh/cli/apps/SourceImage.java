// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ClientTls;
import net.statemesh.cli.output.Console;
import net.statemesh.images.DockerfileBuild;
import net.statemesh.images.ImageErrors;
import net.statemesh.images.ImageReference;
import net.statemesh.images.OciImage;
import net.statemesh.images.Registry;
import net.statemesh.images.StaticSite;

/** Makes an image of a folder and puts it into the zone's registry: a Dockerfile is built, web pages are packed. */
final class SourceImage {
    private static final int TAG_CHARS = 12;
    private static final int DIGEST_PREFIX_CHARS = "sha256:".length();

    /**
     * An image in the registry.
     *
     * @param name as nodes pull it
     * @param port that it listens on; 0 when the caller has to know
     */
    record Pushed(String name, int port) {}

    private SourceImage() {}

    static Pushed push(Path folder, String project, String application, ApiClient api, Console console) {
        ZoneSettings zone = Zone.settings(api);
        if (zone.registry().isEmpty()) {
            throw new StateMeshException(
                    ImageErrors.REGISTRY_UNREACHABLE,
                    "Zone '" + zone.name() + "' has no registry to push to.",
                    List.of(),
                    List.of("--image REF of a registry that the nodes can reach"));
        }
        String repository = project + "/" + application;
        if (Files.isRegularFile(folder.resolve("Dockerfile"))) {
            console.progress("  building " + folder.resolve("Dockerfile") + " with buildah");
            String name = DockerfileBuild.push(
                    folder,
                    zone.registry(),
                    repository,
                    new DockerfileBuild.Credentials(
                            api.who().authorityPem(),
                            api.who().certificatePem(),
                            api.who().keyPem()));
            console.done("image    " + name);
            return new Pushed(name, 0);
        }
        try (OciImage image = StaticSite.build(folder);
                Registry registry = Registry.secure(zone.registry(), ClientTls.context(api.who()))) {
            String tag = image.digest().value().substring(DIGEST_PREFIX_CHARS, DIGEST_PREFIX_CHARS + TAG_CHARS);
            ImageReference reference = new ImageReference(repository, tag);
            String name = registry.pullName(reference, registry.push(image, reference.toString()));
            console.done("image    " + name + "  " + (image.sizeBytes() >> 10) + " KiB");
            return new Pushed(name, StaticSite.PORT);
        }
    }
}
