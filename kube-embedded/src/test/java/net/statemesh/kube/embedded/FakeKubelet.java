// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;

/**
 * Answers on a node's kubelet port over mutual TLS: logs with the request's target in them, exec that echoes its standard input, and
 * port-forward that echoes what it is sent; the last two over SPDY/3.1, as containerd does.
 */
final class FakeKubelet implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;
    private final List<String> targets = new CopyOnWriteArrayList<>();

    private FakeKubelet(SslContext tls) throws InterruptedException {
        this.listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast("http", new HttpServerCodec())
                                .addLast("whole", new HttpObjectAggregator(1 << 16))
                                .addLast("requests", new Requests());
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    /** Starts a kubelet whose certificate is for a node of this name. */
    static FakeKubelet start(TestZone zone, String certifiedName) {
        zone.issue(
                "kubelet-" + certifiedName,
                new Subject("system:node:" + certifiedName, "system:nodes"),
                Usage.CLIENT_AND_SERVER,
                TestZone.loopback());
        try {
            return new FakeKubelet(SslContextBuilder.forServer(
                            zone.folder()
                                    .resolve("kubelet-" + certifiedName + ".crt")
                                    .toFile(),
                            zone.folder()
                                    .resolve("kubelet-" + certifiedName + ".key")
                                    .toFile())
                    .trustManager(zone.folder().resolve("ca.crt").toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    .build());
        } catch (SSLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a Node that points here and a pod bound to it. */
    void join(TestZone zone, String node, String pod) {
        zone.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"" + node + "\"}}");
        zone.patch(
                "/api/v1/nodes/" + node + "/status",
                "application/merge-patch+json",
                "{\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"127.0.0.1\"}],\"daemonEndpoints\":"
                        + "{\"kubeletEndpoint\":{\"Port\":" + ((InetSocketAddress) listener.localAddress()).getPort()
                        + "}}}}");
        zone.post(
                "/api/v1/namespaces/default/pods",
                DeletionTest.pod(pod).replace("\"spec\":{", "\"spec\":{\"nodeName\":\"" + node + "\","));
        zone.patch(
                "/api/v1/namespaces/default/pods/" + pod + "/status",
                "application/merge-patch+json",
                "{\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"main\",\"ready\":true,\"restartCount\":0,"
                        + "\"image\":\"web:1\",\"imageID\":\"x\",\"state\":{\"running\":{}}}]}}");
    }

    /** Request targets seen so far. */
    List<String> targets() {
        return List.copyOf(targets);
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Requests extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            FullHttpRequest request = (FullHttpRequest) message;
            targets.add(request.uri());
            String upgrade = request.headers().get("Upgrade", "");
            if (upgrade.startsWith("SPDY")) {
                upgrade(context, request);
            } else {
                ByteBuf body = Unpooled.copiedBuffer("line of " + request.uri() + "\n", StandardCharsets.UTF_8);
                DefaultFullHttpResponse response =
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
                HttpUtil.setContentLength(response, body.readableBytes());
                var _ = context.writeAndFlush(response);
            }
            request.release();
        }

        private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
            response.headers().set("Connection", "Upgrade").set("Upgrade", "SPDY/3.1");
            String offered = request.headers().get("X-Stream-Protocol-Version", "");
            boolean forward = request.uri().startsWith("/portForward");
            response.headers().set("X-Stream-Protocol-Version", forward ? offered : "v4.channel.k8s.io");
            context.writeAndFlush(response).addListener(sent -> {
                context.pipeline()
                        .addLast(new SpdyFrameCodec(SpdyVersion.SPDY_3_1))
                        .addLast(new Streams(forward));
                context.pipeline().remove("whole");
                context.pipeline().remove("requests");
                context.pipeline().remove("http");
            });
        }
    }

    /** Echoes standard input (exec) or the data stream (port-forward), and ends an exec with success. */
    private static final class Streams extends ChannelInboundHandlerAdapter {
        private final boolean forward;
        private final Map<String, Integer> byType = new HashMap<>();
        private final Map<Integer, String> types = new HashMap<>();

        Streams(boolean forward) {
            this.forward = forward;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof SpdySynStreamFrame opened) {
                String type = String.valueOf(opened.headers().get("streamtype"));
                byType.put(type, opened.streamId());
                types.put(opened.streamId(), type);
                DefaultSpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(opened.streamId());
                // the codec leaves an empty header block out, which Go's client does not accept
                reply.headers().set("streamtype", type);
                var _ = context.writeAndFlush(reply);
            } else if (message instanceof SpdyDataFrame data) {
                echo(context, data);
                data.release();
            }
        }

        private void echo(ChannelHandlerContext context, SpdyDataFrame data) {
            String type = types.get(data.streamId());
            if (forward && type.equals("data")) {
                DefaultSpdyDataFrame back =
                        new DefaultSpdyDataFrame(data.streamId(), data.content().retainedDuplicate());
                back.setLast(data.isLast());
                var _ = context.writeAndFlush(back);
            } else if (type.equals("stdin")) {
                if (data.content().isReadable()) {
                    var _ = context.writeAndFlush(new DefaultSpdyDataFrame(
                            byType.get("stdout"), data.content().retainedDuplicate()));
                }
                if (data.isLast()) {
                    // a client waits for the end of every stream it opened
                    end(context, "stdout", "");
                    end(context, "stderr", "");
                    end(context, "error", "{\"metadata\":{},\"status\":\"Success\"}");
                }
            }
        }

        private void end(ChannelHandlerContext context, String type, String text) {
            DefaultSpdyDataFrame last =
                    new DefaultSpdyDataFrame(byType.get(type), Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
            last.setLast(true);
            var _ = context.writeAndFlush(last);
        }
    }
}
