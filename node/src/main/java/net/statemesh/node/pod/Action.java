// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import java.time.Duration;
import net.statemesh.node.probe.ProbeKind;
import org.jspecify.annotations.Nullable;

/** One thing to do next for a pod. Actions with the same key never run at the same time. */
sealed interface Action {
    String key();

    /** Gives back the address of the old sandbox, if any, and starts a new one. */
    record CreateSandbox(int attempt, @Nullable String replacedId) implements Action {
        static final String KEY = "sandbox";

        @Override
        public String key() {
            return KEY;
        }
    }

    record StopSandbox(String sandboxId) implements Action {
        @Override
        public String key() {
            return "stop-sandbox:" + sandboxId;
        }
    }

    record RemoveSandbox(String sandboxId) implements Action {
        @Override
        public String key() {
            return "remove-sandbox:" + sandboxId;
        }
    }

    /** Makes the image of a container available as its pull policy says. */
    record EnsureImage(String container) implements Action {
        static String key(String container) {
            return "image:" + container;
        }

        @Override
        public String key() {
            return key(container);
        }
    }

    /** Gives up a pull that nobody waits for any more. */
    record CancelPull(String container) implements Action {
        @Override
        public String key() {
            return "cancel:" + container;
        }
    }

    record StartContainer(String container, String sandboxId, int attempt, int restartStep, String imageRef)
            implements Action {
        static String key(String container) {
            return "start:" + container;
        }

        @Override
        public String key() {
            return key(container);
        }
    }

    /**
     * preStop hook, SIGTERM, and SIGKILL when {@code grace} is over.
     *
     * @param reason why, for the event that tells about it
     */
    record StopContainer(String containerId, String container, Duration grace, String reason) implements Action {
        @Override
        public String key() {
            return (grace.isZero() ? "kill:" : "stop:") + containerId;
        }
    }

    record RemoveContainer(String containerId, String container, int attempt) implements Action {
        @Override
        public String key() {
            return "remove:" + containerId;
        }
    }

    record RunProbe(String containerId, String container, ProbeKind kind) implements Action {
        static String key(String containerId, ProbeKind kind) {
            return "probe:" + kind + ":" + containerId;
        }

        @Override
        public String key() {
            return key(containerId, kind);
        }
    }

    /** Nothing of the pod runs any more: tells the API that it may go, and removes what is left of it here. */
    record FinishDeletion() implements Action {
        static final String KEY = "finish";

        @Override
        public String key() {
            return KEY;
        }
    }
}
