// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.state;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;

/** Where things of pods lie below the agent's state directory. */
public record PodPaths(Path stateDirectory) {
    /** One folder per pod uid: checkpoint, volumes, hosts file, termination messages. */
    public Path pods() {
        return stateDirectory.resolve("pods");
    }

    public Path pod(String uid) {
        return pods().resolve(uid);
    }

    public Path checkpoint(String uid) {
        return pod(uid).resolve("pod.json");
    }

    public Path hostsFile(String uid) {
        return pod(uid).resolve("hosts");
    }

    public Path volume(String uid, String volume) {
        return pod(uid).resolve("volumes").resolve(volume);
    }

    public Path terminationMessage(String uid, String container, int attempt) {
        return pod(uid).resolve("containers").resolve(container).resolve(attempt + ".message");
    }

    /** One folder per pod, named as the kubelet names them. */
    public Path logs() {
        return stateDirectory.resolve("logs");
    }

    public Path logs(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        return logs().resolve(meta.getNamespace() + "_" + meta.getName() + "_" + meta.getUid());
    }

    /** Log of one container, relative to the pod's log folder. */
    public static String log(String container, int attempt) {
        return container + "/" + attempt + ".log";
    }
}
