// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;

/** Deadlines of calls to the runtime, and what their failures are called. */
final class CriCalls {
    /** Calls that only read or flip state. */
    static final Duration LIGHT = Duration.ofSeconds(15);
    /** Calls that start processes or set up networks. */
    static final Duration HEAVY = Duration.ofMinutes(2);
    /** Pulling an image over a slow line. */
    static final Duration PULL = Duration.ofMinutes(15);

    private CriCalls() {}

    static <S extends AbstractStub<S>, T> T call(String what, S stub, Duration deadline, Function<S, T> call) {
        try {
            return call.apply(stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException e) {
            throw failure(what, deadline, e);
        }
    }

    /** True for a failure that says the thing asked for does not exist. */
    static boolean isNotFound(StateMeshException failure) {
        return failure.getCause() instanceof StatusRuntimeException status
                && status.getStatus().getCode() == Status.Code.NOT_FOUND;
    }

    private static StateMeshException failure(String what, Duration deadline, StatusRuntimeException cause) {
        Status status = cause.getStatus();
        String words = String.valueOf(status.getDescription());
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return new StateMeshException(
                    NodeErrors.RUNTIME_TIMEOUT,
                    "containerd did not finish '" + what + "' within " + deadline.toSeconds() + " s.",
                    List.of(words),
                    List.of("look at the log of this node's containerd"),
                    cause);
        }
        return new StateMeshException(
                NodeErrors.RUNTIME, what + ": " + words, List.of(status.getCode() + ": " + words), List.of(), cause);
    }
}
