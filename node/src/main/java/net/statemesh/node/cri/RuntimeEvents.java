// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import net.statemesh.node.cri.wire.Envelope;
import net.statemesh.node.cri.wire.EventsGrpc;
import net.statemesh.node.cri.wire.SubscribeRequest;

/**
 * containerd's event stream as an alarm bell: tells that some task of ours started or ended. Nothing is read from an event, so a
 * lost one costs no more than the wait for the next slow listing.
 */
public final class RuntimeEvents {
    private static final Metadata.Key<String> NAMESPACE =
            Metadata.Key.of("containerd-namespace", Metadata.ASCII_STRING_MARSHALLER);
    private static final String FILTER = "namespace==k8s.io,topic~=\"/tasks/(start|exit|oom)\"";

    private final EventsGrpc.EventsBlockingStub events;

    public RuntimeEvents(CriChannel channel) {
        Metadata headers = new Metadata();
        headers.put(NAMESPACE, "k8s.io");
        this.events = EventsGrpc.newBlockingStub(channel.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /**
     * Blocks while the stream lasts and rings the bell for each event; answers when the stream broke or the thread was
     * interrupted.
     */
    public void listen(Runnable bell, BooleanSupplier closed) {
        Context.CancellableContext context = Context.current().withCancellation();
        try {
            context.run(() -> {
                Iterator<Envelope> stream = events.subscribe(
                        SubscribeRequest.newBuilder().addFilters(FILTER).build());
                while (!closed.getAsBoolean() && stream.hasNext()) {
                    stream.next();
                    bell.run();
                }
            });
        } catch (StatusRuntimeException e) {
            bell.run();
        } finally {
            context.cancel(null);
        }
    }
}
