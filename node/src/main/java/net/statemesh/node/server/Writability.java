// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import io.netty.channel.Channel;
import java.io.IOException;

/** Lets a blocking writer wait until a channel takes more. */
final class Writability {
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    synchronized void changed() {
        notifyAll();
    }

    synchronized void await(Channel channel) throws IOException, InterruptedException {
        while (channel.isActive() && !channel.isWritable()) {
            wait(LOOK_AGAIN_MILLIS);
        }
        if (!channel.isActive()) {
            throw new IOException("the client is gone");
        }
    }
}
