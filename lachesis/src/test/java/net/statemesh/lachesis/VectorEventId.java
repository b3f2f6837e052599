// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Event ids as the shared vectors derive them: SHA-256 over the fields and the parents' ids. */
final class VectorEventId {
    private VectorEventId() {}

    static EventId of(int epoch, int seq, int frame, long creator, int lamport, long salt, List<EventId> parents) {
        ByteBuffer content = ByteBuffer.allocate(7 * Integer.BYTES + parents.size() * EventId.SIZE_BYTES)
                .putInt(epoch)
                .putInt(seq)
                .putInt(frame)
                .putInt((int) creator)
                .putInt(lamport)
                .putInt((int) salt)
                .putInt(parents.size());
        parents.forEach(parent -> content.put(parent.bytes()));
        return EventId.of(epoch, lamport, sha256(content.array()));
    }

    static EventId of(Claim claim, long salt) {
        return of(claim.epoch(), claim.seq(), claim.frame(), claim.creator(), claim.lamport(), salt, claim.parents());
    }

    static EventId of(Event event, long salt) {
        return of(event.epoch(), event.seq(), event.frame(), event.creator(), event.lamport(), salt, event.parents());
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
