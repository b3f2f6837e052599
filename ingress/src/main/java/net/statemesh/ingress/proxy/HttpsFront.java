// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.Executor;
import net.statemesh.ingress.tls.SniContexts;

/** Waits for the TLS handshake and then makes room for the protocol that was agreed on (ALPN, RFC 7301). */
final class HttpsFront extends Swept {
    private final RouterLoop loop;
    private final ClientConnection client;
    private int sinceTick;

    HttpsFront(RouterLoop loop, ClientConnection client) {
        this.loop = loop;
        this.client = client;
    }

    /** @param handshakes runs handshakes where they are too slow for an event loop */
    static SniHandler sniHandler(SniContexts contexts, Executor handshakes) {
        return new SniHandler(contexts) {
            @Override
            protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
                SslHandler handler = contexts.usesBoringSsl()
                        ? context.newHandler(allocator)
                        : context.newHandler(allocator, handshakes);
                // the sweep watches the time
                handler.setHandshakeTimeoutMillis(0);
                return handler;
            }
        };
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        super.handlerAdded(added);
        sinceTick = loop.tick();
        loop.roster().add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        loop.roster().remove(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.roster().remove(this);
        ctx.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            ctx.fireUserEventTriggered(event);
        } else if (handshake.isSuccess()) {
            SslHandler tls = ctx.pipeline().get(SslHandler.class);
            boolean http2 = tls != null && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
            if (http2) {
                Http2Connection.install(ctx.pipeline(), loop, client);
            } else {
                ctx.pipeline().addLast(new Http1Front(loop, client));
            }
            ctx.pipeline().remove(this);
        } else {
            closeChannel();
        }
    }

    @Override
    void sweep(int tick) {
        if (tick - sinceTick >= loop.limits().handshakeSeconds()) {
            closeChannel();
        }
    }
}
