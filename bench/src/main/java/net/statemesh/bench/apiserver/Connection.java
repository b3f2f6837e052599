// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.CompletableFuture;

/** One HTTP/2 connection with large windows, as stock Kubernetes clients keep one per server. */
public final class Connection implements AutoCloseable {
    private static final int STREAM_WINDOW_BYTES = 4 << 20;
    private static final int CONNECTION_WINDOW_BYTES = 1 << 30;

    private final Channel channel;

    private Connection(Channel channel) {
        this.channel = channel;
    }

    public static Connection open(EventLoopGroup loops, SslContext tls, int port) {
        Channel channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        fresh.pipeline()
                                .addLast(tls.newHandler(fresh.alloc(), "localhost", port))
                                .addLast(Http2FrameCodecBuilder.forClient()
                                        .initialSettings(Http2Settings.defaultSettings()
                                                .pushEnabled(false)
                                                .initialWindowSize(STREAM_WINDOW_BYTES))
                                        .build())
                                .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                    }
                })
                .connect("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
        channel.pipeline().get(SslHandler.class).handshakeFuture().syncUninterruptibly();
        channel.writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW_BYTES))
                .syncUninterruptibly();
        return new Connection(channel);
    }

    /** Whether requests can still be sent: the server ends a connection that nobody has used for minutes. */
    public boolean isOpen() {
        return channel.isActive();
    }

    /** Starts a watch; {@code reader} sees its events. */
    void watch(String path, WatchReader reader) {
        request(reader, headers("GET", path), Unpooled.EMPTY_BUFFER).exceptionally(failure -> {
            reader.failed(failure);
            return null;
        });
    }

    CompletableFuture<Answer> get(String path) {
        return answer(headers("GET", path), Unpooled.EMPTY_BUFFER);
    }

    public CompletableFuture<Answer> send(String method, String path, String contentType, byte[] body) {
        return answer(headers(method, path).set("content-type", contentType), Unpooled.wrappedBuffer(body));
    }

    private CompletableFuture<Answer> answer(Http2Headers headers, ByteBuf body) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        request(new AnswerReader(answer), headers, body).exceptionally(failure -> {
            answer.completeExceptionally(failure);
            return null;
        });
        return answer;
    }

    /** Sends a request on a stream of its own; ends exceptionally when it could not be sent. */
    private CompletableFuture<Void> request(ChannelHandler reader, Http2Headers headers, ByteBuf body) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        new Http2StreamChannelBootstrap(channel).handler(reader).open().addListener(opened -> {
            if (!opened.isSuccess()) {
                sent.completeExceptionally(opened.cause());
                return;
            }
            Http2StreamChannel stream = (Http2StreamChannel) opened.getNow();
            var _ = stream.write(new DefaultHttp2HeadersFrame(headers));
            stream.writeAndFlush(new DefaultHttp2DataFrame(body, true)).addListener(written -> {
                if (written.isSuccess()) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(written.cause());
                }
            });
        });
        return sent;
    }

    private static Http2Headers headers(String method, String path) {
        return new DefaultHttp2Headers()
                .scheme("https")
                .authority("localhost")
                .method(method)
                .path(path);
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }
}
