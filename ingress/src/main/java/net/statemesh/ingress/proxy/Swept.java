// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last handler of a channel, with deadlines that are looked at once a second: cheaper than a timer per request. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // a write or close that fails ends in channelInactive, where it is dealt with
abstract class Swept extends ChannelInboundHandlerAdapter {
    private static final int NOT_LISTED = -1;
    private static final Logger LOG = LoggerFactory.getLogger(Swept.class);

    private int slot = NOT_LISTED;
    private @Nullable ChannelHandlerContext context;

    /**
     * Looks at the deadlines.
     *
     * @param tick seconds since the loop started
     */
    abstract void sweep(int tick);

    /** Here and not in channelActive: the promise of a connect completes before that. */
    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** A reset, bytes that are no TLS, a client that does not trust us: nobody is left to tell. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    final ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "in a pipeline");
    }

    final void write(Object message) {
        context().write(message);
    }

    /** Without making a promise, for channels that allow it. */
    final void writeLean(Object message) {
        context().write(message, context().voidPromise());
    }

    final void flushChannel() {
        context().flush();
    }

    final void writeAndFlush(Object message) {
        context().writeAndFlush(message);
    }

    final void closeChannel() {
        context().close();
    }

    /** All swept handlers of one loop; may be changed while it is swept. */
    static final class Roster {
        private static final int INITIAL_SLOTS = 64;

        private @Nullable Swept[] members = new Swept[INITIAL_SLOTS];
        private int size;

        void add(Swept member) {
            if (member.slot != NOT_LISTED) {
                return;
            }
            if (size == members.length) {
                members = Arrays.copyOf(members, size * 2);
            }
            member.slot = size;
            members[size++] = member;
        }

        void remove(Swept member) {
            if (member.slot == NOT_LISTED) {
                return;
            }
            Swept last = Objects.requireNonNull(members[--size], "slots below size are taken");
            members[member.slot] = last;
            last.slot = member.slot;
            members[size] = null;
            member.slot = NOT_LISTED;
        }

        /** From the end, so that a member that leaves is replaced by one that was swept already. */
        void sweep(int tick) {
            for (int i = size - 1; i >= 0; i--) {
                Swept member = i < size ? members[i] : null;
                if (member != null) {
                    sweep(member, tick);
                }
            }
        }

        /** One connection that fails is closed, and keeps none of the others from its deadlines. */
        private static void sweep(Swept member, int tick) {
            try {
                member.sweep(tick);
            } catch (RuntimeException e) {
                LOG.error("event=sweep-failed handler={}", member.getClass().getSimpleName(), e);
                member.closeChannel();
            }
        }

        int size() {
            return size;
        }
    }
}
