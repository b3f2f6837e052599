// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.util.Arrays;
import java.util.Random;

/** Blobs near a proof and far from it, from a seed. */
final class Mutations {
    private static final byte[] EDGES = {0, 1, -1, 127, -128, 2, 3};

    private final Random random;
    private final byte[] proof;
    private final int outputOffset;
    private final int formBytes;

    Mutations(Random random, byte[] proof, int outputOffset, int formBytes) {
        this.random = random;
        this.proof = proof;
        this.outputOffset = outputOffset;
        this.formBytes = formBytes;
    }

    byte[] next() {
        byte[] blob = proof.clone();
        return switch (random.nextInt(10)) {
            case 0 -> flipBits(blob);
            case 1 -> setBytes(blob);
            case 2 -> Arrays.copyOf(blob, random.nextInt(2 * blob.length));
            case 3 -> noise(blob, outputOffset, formBytes);
            case 4 -> noise(blob, outputOffset + formBytes, formBytes);
            case 5 -> noise(blob, 0, blob.length);
            case 6 -> copyForm(blob, outputOffset, outputOffset + formBytes);
            case 7 -> copyForm(blob, outputOffset + formBytes, outputOffset);
            case 8 -> smallForm(blob);
            default -> negateB(blob);
        };
    }

    private byte[] flipBits(byte[] blob) {
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            blob[random.nextInt(blob.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return blob;
    }

    private byte[] setBytes(byte[] blob) {
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            blob[random.nextInt(blob.length)] = EDGES[random.nextInt(EDGES.length)];
        }
        return blob;
    }

    private byte[] noise(byte[] blob, int from, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, blob, from, length);
        return blob;
    }

    private byte[] copyForm(byte[] blob, int from, int to) {
        System.arraycopy(proof, from, blob, to, formBytes);
        return blob;
    }

    /** a and b of one byte each, which are those of a true form now and then. */
    private byte[] smallForm(byte[] blob) {
        int at = outputOffset + (random.nextBoolean() ? formBytes : 0);
        Arrays.fill(blob, at, at + formBytes, (byte) 0);
        blob[at + formBytes / 2 - 1] = (byte) random.nextInt(6);
        blob[at + formBytes - 1] = (byte) random.nextInt(3);
        return blob;
    }

    /** The other square root: (b - 1) / 2 becomes (-b - 1) / 2, which is its complement. The class is the inverse one. */
    private byte[] negateB(byte[] blob) {
        int at = outputOffset + (random.nextBoolean() ? formBytes : 0) + formBytes / 2;
        for (int i = at; i < at + formBytes / 2; i++) {
            blob[i] = (byte) ~blob[i];
        }
        return blob;
    }
}
