// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.api.health.HealthDocument;
import net.statemesh.health.member.Member;
import net.statemesh.health.member.MemberOutput;
import net.statemesh.health.protocol.Assignment;
import net.statemesh.health.protocol.DatagramKey;
import net.statemesh.health.protocol.Datagrams;
import net.statemesh.health.protocol.Envelope;

/** A node's part of the protocol over a real socket on this machine. */
final class TestMember implements AutoCloseable {
    private static final int WAIT_MILLIS = 10;

    private final DatagramSocket socket;
    private final Map<Integer, HealthDocument.Peer> peers = new HashMap<>();
    private final Thread thread;
    private final long incarnation;
    private volatile HealthDocument document;
    private volatile boolean closed;

    TestMember(int port, long incarnation) {
        this.incarnation = incarnation;
        try {
            this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(WAIT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = Thread.ofVirtual().start(this::run);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The Secret as the API has it. */
    void follow(Secret secret) {
        try {
            document = new ObjectMapper()
                    .readValue(
                            Base64.getDecoder().decode(secret.getData().get(HealthDocument.KEY)), HealthDocument.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        Member member = null;
        HealthDocument known = null;
        byte[] buffer = new byte[Datagrams.MAX_BYTES];
        while (!closed) {
            try {
                if (document != null && !document.equals(known)) {
                    known = document;
                    member = member == null ? new Member(known.number(), incarnation, now()) : member;
                    adopt(member, known);
                }
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                if (member != null) {
                    Member running = member;
                    Datagrams.decode(buffer, packet.getLength(), known.number(), this::key)
                            .ifPresent(envelope -> handle(running.receive(envelope, now())));
                }
            } catch (SocketTimeoutException e) {
                // nothing came
            } catch (IOException e) {
                return;
            }
            if (member != null && member.nextTickMillis() <= now()) {
                handle(member.tick(now()));
            }
        }
    }

    private void adopt(Member member, HealthDocument known) {
        peers.put(Envelope.MASTER, known.master());
        known.peers().forEach(peer -> peers.put(peer.number(), peer));
        handle(member.assign(
                new Assignment(
                        known.version(),
                        known.watchers(),
                        known.watched().stream()
                                .map(watched -> new Assignment.Watched(watched.node(), watched.since()))
                                .toList()),
                now()));
    }

    private DatagramKey key(int number) {
        HealthDocument.Peer peer = peers.get(number);
        return peer == null ? null : new DatagramKey(Base64.getDecoder().decode(peer.key()));
    }

    private void handle(List<MemberOutput> outputs) {
        for (MemberOutput output : outputs) {
            if (output instanceof MemberOutput.Send(Envelope envelope) && peers.containsKey(envelope.to())) {
                HealthDocument.Peer to = peers.get(envelope.to());
                byte[] bytes = Datagrams.encode(envelope, key(envelope.to()));
                try {
                    socket.send(
                            new DatagramPacket(bytes, bytes.length, InetAddress.getByName(to.address()), to.port()));
                } catch (IOException e) {
                    // lost
                }
            }
        }
    }

    private static long now() {
        return HealthLoop.nowMillis();
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
        thread.interrupt();
    }
}
