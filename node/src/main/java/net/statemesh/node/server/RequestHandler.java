// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the API server in, nobody else, and answers one request after the other. */
final class RequestHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private final KubeletEndpoints endpoints;
    private final Writability writability = new Writability();
    private boolean admitted;
    private boolean busy;

    RequestHandler(KubeletEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            admitted = ClientName.isApiServer(tls.engine().getSession());
        } else if (event instanceof IdleStateEvent && !busy) {
            close(context, "idle");
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!(message instanceof HttpRequest request) || busy) {
                return;
            }
            busy = true;
            Answer answer = new Answer(context, writability, () -> busy = false);
            if (!admitted) {
                answer.send(403, "text/plain", "only the API server may ask\n");
                return;
            }
            RequestHead head = RequestHead.of(request);
            Thread.ofVirtual().name("kubelet-api " + head.path()).start(() -> serve(head, answer));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void serve(RequestHead head, Answer answer) {
        try {
            endpoints.serve(head, answer);
        } catch (IOException e) {
            LOG.debug("path={} the client is gone", head.path(), e);
            answer.abort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.abort();
        } catch (RuntimeException e) {
            LOG.warn("path={} failed", head.path(), e);
            answer.fail(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        writability.changed();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        writability.changed();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(context, String.valueOf(cause.getMessage()));
    }

    private static void close(ChannelHandlerContext context, String why) {
        context.close().addListener(_ -> LOG.debug("connection closed: {}", why));
    }
}
