// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLException;

/** Opens mutually authenticated connections to kubelets, and makes sure that the one who answers is the node that was meant. */
public final class KubeletConnector {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final SslContext tls;

    public KubeletConnector(Path certificate, Path key, Path authorities) throws SSLException {
        // the name in the certificate is the node's, not its address: Identified checks it
        this.tls = SslContextBuilder.forClient()
                .keyManager(certificate.toFile(), key.toFile())
                .trustManager(authorities.toFile())
                .endpointIdentificationAlgorithm("")
                .build();
    }

    /** What becomes of an attempt; called on the event loop. */
    interface Outcome {
        void connected(Channel kubelet);

        void failed(String why);
    }

    void connect(KubeletAddress to, EventLoop loop, Outcome outcome) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast("tls", tls.newHandler(channel.alloc()))
                                .addLast("identified", new Identified(to.node(), outcome));
                    }
                });
        bootstrap.connect(to.address()).addListener(connected -> {
            if (!connected.isSuccess()) {
                outcome.failed("node " + to.node() + " at " + to.address() + " is not reachable: "
                        + connected.cause().getMessage());
            }
        });
    }

    /** Waits for the handshake and compares the certificate's name with the node's. */
    private static final class Identified extends ChannelInboundHandlerAdapter {
        private final String node;
        private final Outcome outcome;

        Identified(String node, Outcome outcome) {
            this.node = node;
            this.outcome = outcome;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                String problem = handshake.isSuccess()
                        ? impostor(context.channel())
                        : String.valueOf(handshake.cause().getMessage());
                if (problem.isEmpty()) {
                    context.pipeline().remove(this);
                    outcome.connected(context.channel());
                } else {
                    var _ = context.close();
                    outcome.failed("node " + node + " is not trusted: " + problem);
                }
            }
            super.userEventTriggered(context, event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }

        private String impostor(Channel channel) throws SSLException, InvalidNameException {
            var session = channel.pipeline().get(SslHandler.class).engine().getSession();
            X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
            String wanted = "system:node:" + node;
            boolean same = new LdapName(leaf.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .anyMatch(rdn -> rdn.getType().equalsIgnoreCase("CN")
                                    && rdn.getValue().equals(wanted));
            return same
                    ? ""
                    : "its certificate is for " + leaf.getSubjectX500Principal().getName() + ", not for CN=" + wanted;
        }
    }

    /** An outcome from two lambdas. */
    static Outcome outcome(Consumer<Channel> connected, Consumer<String> failed) {
        return new Outcome() {
            @Override
            public void connected(Channel kubelet) {
                connected.accept(kubelet);
            }

            @Override
            public void failed(String why) {
                failed.accept(why);
            }
        };
    }
}
