// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import java.nio.file.Path;

/**
 * Settings of one node's own containerd. Pure: {@link #render()} gives its {@code config.toml} (version 2).
 *
 * @param root where images and snapshots lie
 * @param state where it keeps what does not survive a restart of the machine
 * @param socket where it listens
 * @param optDirectory its own {@code opt} folder, which containerd would otherwise share machine-wide
 * @param cniBinDirectory folder of the CNI plugins, on Debian {@code /usr/lib/cni}
 * @param cniConfDirectory where the agent writes the network configuration
 * @param sandboxImage reference of the pause image
 * @param registryConfigDirectory {@code certs.d} folder with one folder per registry, see {@link RegistryHosts}
 * @param mayRaiseOomScore whether this process has CAP_SYS_RESOURCE; without it containerd must not try to lower
 *     {@code oom_score_adj}
 * @param appArmor whether the kernel confines containers by AppArmor; containerd's default profile is used then
 */
public record ContainerdConfig(
        Path root,
        Path state,
        Path socket,
        Path optDirectory,
        Path cniBinDirectory,
        Path cniConfDirectory,
        String sandboxImage,
        Path registryConfigDirectory,
        boolean mayRaiseOomScore,
        boolean appArmor) {

    /** The whole {@code config.toml}. */
    public String render() {
        return """
                version = 2
                root = %s
                state = %s
                oom_score = 0
                disabled_plugins = [
                  "io.containerd.snapshotter.v1.aufs",
                  "io.containerd.snapshotter.v1.btrfs",
                  "io.containerd.snapshotter.v1.devmapper",
                  "io.containerd.snapshotter.v1.zfs",
                  "io.containerd.internal.v1.tracing",
                  "io.containerd.tracing.processor.v1.otlp",
                ]

                [grpc]
                  address = %s
                [ttrpc]
                  address = %s
                [debug]
                  level = "warn"

                [plugins."io.containerd.internal.v1.opt"]
                  path = %s
                [plugins."io.containerd.gc.v1.scheduler"]
                  startup_delay = "10s"

                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = %s
                  disable_apparmor = %s
                  restrict_oom_score_adj = %s
                  stream_server_address = "127.0.0.1"
                  stream_server_port = "0"
                  enable_tls_streaming = false
                  max_container_log_line_size = 16384
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = %s
                    conf_dir = %s
                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = "overlayfs"
                    default_runtime_name = "runc"
                    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                      runtime_type = "io.containerd.runc.v2"
                      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                        SystemdCgroup = false
                  [plugins."io.containerd.grpc.v1.cri".registry]
                    config_path = %s
                """.formatted(
                        Toml.text(root),
                        Toml.text(state),
                        Toml.text(socket),
                        Toml.text(socket + ".ttrpc"),
                        Toml.text(optDirectory),
                        Toml.text(sandboxImage),
                        !appArmor,
                        !mayRaiseOomScore,
                        Toml.text(cniBinDirectory),
                        Toml.text(cniConfDirectory),
                        Toml.text(registryConfigDirectory));
    }
}
