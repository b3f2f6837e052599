// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.node.cri.ImageView;
import net.statemesh.node.cri.wire.Capability;
import net.statemesh.node.cri.wire.Int64Value;
import net.statemesh.node.cri.wire.LinuxContainerSecurityContext;
import net.statemesh.node.cri.wire.NamespaceMode;
import net.statemesh.node.cri.wire.NamespaceOption;
import net.statemesh.node.cri.wire.SecurityProfile;
import org.jspecify.annotations.Nullable;

/** Who a container runs as and what it may do. The seccomp default of the runtime applies unless a pod says otherwise. */
final class SecurityContexts {
    private static final List<String> MASKED_PATHS = List.of(
            "/proc/asound",
            "/proc/acpi",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY_PATHS =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private SecurityContexts() {}

    static LinuxContainerSecurityContext of(PodSpec pod, Container container, Optional<ImageView> image) {
        PodSecurityContext podContext = pod.getSecurityContext();
        SecurityContext own = container.getSecurityContext() == null
                ? new SecurityContextBuilder().build()
                : container.getSecurityContext();
        Long user = first(own.getRunAsUser(), podContext == null ? null : podContext.getRunAsUser());
        Long group = first(own.getRunAsGroup(), podContext == null ? null : podContext.getRunAsGroup());
        Boolean nonRoot = first(own.getRunAsNonRoot(), podContext == null ? null : podContext.getRunAsNonRoot());
        if (Boolean.TRUE.equals(nonRoot)) {
            requireNonRoot(user, image);
        }
        LinuxContainerSecurityContext.Builder builder = LinuxContainerSecurityContext.newBuilder()
                .setNamespaceOptions(namespaces(pod))
                .setReadonlyRootfs(Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()))
                .setPrivileged(Boolean.TRUE.equals(own.getPrivileged()))
                .setNoNewPrivs(Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()))
                .setSeccomp(seccomp(
                        first(own.getSeccompProfile(), podContext == null ? null : podContext.getSeccompProfile())))
                .addAllMaskedPaths(MASKED_PATHS)
                .addAllReadonlyPaths(READ_ONLY_PATHS)
                .addAllSupplementalGroups(supplementalGroups(podContext));
        addUser(builder, user, group, image);
        if (own.getCapabilities() != null) {
            builder.setCapabilities(capabilities(own.getCapabilities()));
        }
        return builder.build();
    }

    static NamespaceOption namespaces(PodSpec pod) {
        return NamespaceOption.newBuilder()
                .setNetwork(NamespaceMode.POD)
                .setIpc(NamespaceMode.POD)
                .setPid(
                        Boolean.TRUE.equals(pod.getShareProcessNamespace())
                                ? NamespaceMode.POD
                                : NamespaceMode.CONTAINER)
                .build();
    }

    static SecurityProfile seccomp(@Nullable SeccompProfile profile) {
        boolean unconfined = profile != null && "Unconfined".equals(profile.getType());
        return SecurityProfile.newBuilder()
                .setProfileType(
                        unconfined
                                ? SecurityProfile.ProfileType.UNCONFINED
                                : SecurityProfile.ProfileType.RUNTIME_DEFAULT)
                .build();
    }

    /** The runtime refuses a group without a user, so the image's own user is named when only a group is given. */
    private static void addUser(
            LinuxContainerSecurityContext.Builder builder,
            @Nullable Long user,
            @Nullable Long group,
            Optional<ImageView> image) {
        Long imageUser = image.map(ImageView::userId).orElse(null);
        String imageUserName = image.map(ImageView::userName).orElse("");
        if (user != null) {
            builder.setRunAsUser(Int64Value.newBuilder().setValue(user));
        } else if (imageUser != null) {
            builder.setRunAsUser(Int64Value.newBuilder().setValue(imageUser));
        } else if (!imageUserName.isEmpty()) {
            builder.setRunAsUsername(imageUserName);
        } else if (group != null) {
            builder.setRunAsUser(Int64Value.newBuilder().setValue(0));
        }
        if (group != null) {
            builder.setRunAsGroup(Int64Value.newBuilder().setValue(group));
        }
    }

    private static void requireNonRoot(@Nullable Long user, Optional<ImageView> image) {
        if (user != null) {
            if (user == 0) {
                throw Environment.missing("container has runAsNonRoot and runAsUser 0; give another runAsUser");
            }
            return;
        }
        Long imageUser = image.map(ImageView::userId).orElse(null);
        String name = image.map(ImageView::userName).orElse("");
        if (imageUser == null && !name.isEmpty()) {
            throw Environment.missing("container has runAsNonRoot and the image has the non-numeric user '" + name
                    + "'; cannot verify that it is not root. Give runAsUser");
        }
        if (imageUser == null || imageUser == 0) {
            throw Environment.missing("container has runAsNonRoot and the image runs as root; give runAsUser");
        }
    }

    private static List<Long> supplementalGroups(@Nullable PodSecurityContext context) {
        List<Long> groups = new ArrayList<>();
        if (context != null) {
            groups.addAll(context.getSupplementalGroups());
            if (context.getFsGroup() != null) {
                groups.add(context.getFsGroup());
            }
        }
        return groups;
    }

    private static Capability capabilities(Capabilities capabilities) {
        return Capability.newBuilder()
                .addAllAddCapabilities(capabilities.getAdd())
                .addAllDropCapabilities(capabilities.getDrop())
                .build();
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T two) {
        return one != null ? one : two;
    }
}
