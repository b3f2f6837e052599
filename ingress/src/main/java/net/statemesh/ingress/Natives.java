// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSsl;

/**
 * Which native libraries a router uses. Without them it does the same with the JDK's own parts, slower.
 *
 * @param epoll for sockets; else NIO
 * @param boringSsl for TLS; else the JDK's provider
 */
record Natives(boolean epoll, boolean boringSsl) {
    /** Whatever works on this machine. */
    static Natives found() {
        return new Natives(Epoll.isAvailable(), OpenSsl.isAvailable());
    }

    IoHandlerFactory io() {
        return epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    Class<? extends SocketChannel> backType() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    Class<? extends ServerChannel> frontType() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }
}
