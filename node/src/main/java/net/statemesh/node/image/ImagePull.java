// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.image;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.container.References;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.ImageView;
import net.statemesh.node.cri.wire.AuthConfig;
import net.statemesh.node.cri.wire.PodSandboxConfig;
import org.jspecify.annotations.Nullable;

/** Makes the image of a container available, as its pull policy says. */
public final class ImagePull {
    private final ContainerRuntime runtime;

    public ImagePull(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    /** The image is absent and the pull policy forbids to fetch it. */
    public static final class NeverPulled extends Exception {
        private static final long serialVersionUID = 1;

        NeverPulled(String image) {
            super("image " + image + " is not on this node and imagePullPolicy is Never");
        }
    }

    /**
     * Answers the reference that containers use.
     *
     * @param pulling told before a pull begins
     */
    public String ensure(
            Pod pod, Container container, PodSandboxConfig sandbox, References references, Consumer<String> pulling)
            throws NeverPulled {
        String image = container.getImage();
        PullPolicy policy = PullPolicy.of(container);
        Optional<ImageView> present = policy == PullPolicy.ALWAYS ? Optional.empty() : runtime.image(image);
        if (present.isPresent()) {
            return present.get().id();
        }
        if (policy == PullPolicy.NEVER) {
            throw new NeverPulled(image);
        }
        pulling.accept(image);
        return pull(image, credentials(pod, image, references), sandbox);
    }

    /** Each of the credentials is tried; without any, the registry is asked as nobody. */
    private String pull(String image, List<@Nullable AuthConfig> credentials, PodSandboxConfig sandbox) {
        StateMeshException last = null;
        for (AuthConfig each : credentials) {
            try {
                return runtime.pull(image, each, sandbox);
            } catch (StateMeshException e) {
                last = e;
            }
        }
        throw Objects.requireNonNull(last, "credentials");
    }

    private static List<@Nullable AuthConfig> credentials(Pod pod, String image, References references) {
        List<Map<String, byte[]>> secrets = pod.getSpec().getImagePullSecrets().stream()
                .flatMap(ref -> references.secret(ref.getName()).stream())
                .toList();
        List<@Nullable AuthConfig> all = new ArrayList<>(PullCredentials.of(image, secrets));
        if (all.isEmpty()) {
            all.add(null);
        }
        return all;
    }
}
