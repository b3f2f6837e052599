// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.statemesh.kube.embedded.crud.ResourceService;
import net.statemesh.kube.embedded.http.Exchange;
import net.statemesh.kube.embedded.http.Stream;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** {@code pods/NAME/log}: streams what the kubelet answers, no faster than the client reads. */
public final class PodLogs implements ResourceService.Subresource {
    private static final List<String> PASSED_ON =
            List.of("follow", "previous", "sinceSeconds", "sinceTime", "timestamps", "tailLines", "limitBytes");
    private static final int MAX_ERROR_BYTES = 8 << 10;

    private final ObjectStore store;
    private final KubeletConnector connector;

    public PodLogs(ObjectStore store, KubeletConnector connector) {
        this.store = store;
        this.connector = connector;
    }

    @Override
    public void serve(ResourceCall call) {
        String container = KubeletAddress.container(store, call);
        KubeletAddress kubelet = KubeletAddress.of(store, call);
        QueryStringEncoder target = new QueryStringEncoder(
                "/containerLogs/" + call.path().namespace() + "/" + call.path().name() + "/" + container);
        for (String name : PASSED_ON) {
            String value = call.http().parameter(name);
            if (!value.isEmpty()) {
                target.addParam(name, value);
            }
        }
        Exchange exchange = call.exchange();
        connector.connect(
                kubelet,
                exchange.channel().eventLoop(),
                KubeletConnector.outcome(
                        connected -> ask(connected, exchange, kubelet, target.toString()),
                        why -> exchange.json(
                                502, ApiException.of(502, "BadGateway", why).status())));
    }

    private static void ask(Channel connected, Exchange exchange, KubeletAddress kubelet, String target) {
        connected.pipeline().addLast(new HttpClientCodec()).addLast(new Answer(exchange));
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
        request.headers().set(HttpHeaderNames.HOST, kubelet.address().getHostString());
        request.headers().set(HttpHeaderNames.CONNECTION, "close");
        var _ = connected.writeAndFlush(request);
    }

    /** Passes the kubelet's answer on. */
    private static final class Answer extends ChannelInboundHandlerAdapter {
        private final Exchange exchange;
        private final StringBuilder error = new StringBuilder();
        private @Nullable Stream stream;
        private int status;
        private boolean done;

        Answer(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpResponse response) {
                begin(context, response);
            }
            if (message instanceof HttpContent content) {
                body(context, content);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            Stream to = stream;
            if (to != null && !done) {
                to.flush();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            finish("the node closed the connection");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }

        private void begin(ChannelHandlerContext context, HttpResponse response) {
            status = response.status().code();
            if (status == 200) {
                Stream to = exchange.stream(200, "text/plain");
                to.onWritable(() -> context.channel().config().setAutoRead(true));
                to.onGone(() -> hangUp(context));
                stream = to;
            }
        }

        private static void hangUp(ChannelHandlerContext context) {
            var _ = context.close();
        }

        private void body(ChannelHandlerContext context, HttpContent content) {
            ByteBuf piece = content.content();
            Stream to = stream;
            if (to != null) {
                to.write(piece.retain());
                if (!to.channel().isWritable()) {
                    context.channel().config().setAutoRead(false);
                }
            } else if (error.length() + piece.readableBytes() <= MAX_ERROR_BYTES) {
                error.append(piece.toString(StandardCharsets.UTF_8));
            }
            boolean last = content instanceof LastHttpContent;
            content.release();
            if (last) {
                finish(error.toString().strip());
                var _ = context.close();
            }
        }

        private void finish(String why) {
            if (done) {
                return;
            }
            done = true;
            Stream to = stream;
            if (to != null) {
                to.end();
            } else {
                int code = status == 0 ? 502 : status;
                String reason = code == 400 ? "BadRequest" : code == 404 ? "NotFound" : "InternalError";
                exchange.json(code, ApiException.of(code, reason, why).status());
            }
        }
    }
}
