// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/** Making the proof of a finished evaluation, in steps of the caller's choosing. One object serves one thread at a time. */
public final class ProofGeneration {
    private final Statement statement;
    private final FormCodec codec;
    private final byte[] output;
    private final int challengeNumber;
    private final QuotientPower power;

    ProofGeneration(Statement statement, FormCodec codec, byte[] output, int challengeNumber, QuotientPower power) {
        this.statement = statement;
        this.codec = codec;
        this.output = output;
        this.challengeNumber = challengeNumber;
        this.power = power;
    }

    /** Does about so many compositions and squarings and stops at the end. */
    public void advance(long operations) {
        power.advance(operations);
    }

    public boolean isDone() {
        return power.isDone();
    }

    /** Between 0 and 1. */
    public double fractionDone() {
        return isDone() ? 1 : Math.min(1, power.operationsDone() / (double) power.operations());
    }

    /**
     * The bytes that {@link Verifier} takes.
     *
     * @throws IllegalStateException before the last step is done
     */
    public byte[] proof() {
        if (!isDone()) {
            throw new IllegalStateException("the proof is not finished");
        }
        byte[] pi = new byte[codec.length()];
        codec.write(power.result(), pi, 0);
        return Proof.encode(statement, challengeNumber, output, pi);
    }

    /** Does all that is left; returns the proof. */
    public byte[] finish() {
        power.advance(Long.MAX_VALUE - power.operationsDone());
        return proof();
    }
}
