// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/**
 * The long computation x^(2^T), done in steps of the caller's choosing: between two steps the caller shows progress, stops, or keeps a
 * {@link #checkpoint}. One object serves one thread at a time.
 */
public final class Evaluation {
    private final Statement statement;
    private final ClassGroup group;
    private final FormCodec codec;
    private final ProofPlan plan;
    private final PowerStore powers;
    private final MutableForm current;
    private long position;

    private Evaluation(Statement statement, ClassGroup group, ProofPlan plan) {
        this.statement = statement;
        this.group = group;
        this.plan = plan;
        codec = new FormCodec(group);
        powers = new PowerStore(codec);
        current = group.newForm();
    }

    /**
     * At the beginning.
     *
     * @throws UnsupportedOperationException when this machine cannot run the back end
     */
    public static Evaluation start(Statement statement, Backend backend) {
        ProofPlan plan =
                ProofPlan.of(statement.squarings(), statement.discriminant().bits());
        Evaluation evaluation = new Evaluation(statement, new ClassGroup(statement.discriminant(), backend), plan);
        evaluation.current.set(statement.input());
        return evaluation;
    }

    /**
     * Goes on where {@link #checkpoint} was called; another back end than then is fine.
     *
     * @throws CheckpointException when the bytes are damaged or belong to another statement
     */
    public static Evaluation resume(Statement statement, Backend backend, byte[] checkpoint) {
        ClassGroup group = new ClassGroup(statement.discriminant(), backend);
        Checkpoint saved = Checkpoint.read(statement, new FormCodec(group), checkpoint);
        Evaluation evaluation = new Evaluation(statement, group, saved.plan());
        evaluation.position = saved.position();
        saved.restore(evaluation.current, evaluation.powers);
        return evaluation;
    }

    /**
     * Squares at most {@code maxSquarings} times and stops at the end.
     *
     * @return how many squarings were done
     */
    public long advance(long maxSquarings) {
        long end = Math.min(statement.squarings(), position + Math.max(0, maxSquarings));
        long start = position;
        while (position < end) {
            if (position == plan.position(powers.size())) {
                powers.add(current);
            }
            long stop = Math.min(end, plan.position(powers.size()));
            group.square(current, stop - position);
            position = stop;
        }
        return position - start;
    }

    public Statement statement() {
        return statement;
    }

    public Backend backend() {
        return group.backend();
    }

    /** Squarings done. */
    public long position() {
        return position;
    }

    public boolean isDone() {
        return position == statement.squarings();
    }

    /** Everything needed to go on later; its layout is in {@code docs/vdf.md}. */
    public byte[] checkpoint() {
        return Checkpoint.write(statement, codec, plan, position, current, powers);
    }

    /** x^(2^position), reduced. */
    public Form value() {
        return current.toForm();
    }

    /**
     * The second part of the work, after which the proof is there.
     *
     * @throws IllegalStateException before the last squaring is done
     */
    public ProofGeneration prove() {
        if (!isDone()) {
            throw new IllegalStateException(
                    "the evaluation is at " + position + " of " + statement.squarings() + " squarings");
        }
        byte[] output = new byte[codec.length()];
        codec.write(current, output, 0);
        Challenge challenge = Challenge.first(statement, codec.encode(statement.input()), output)
                .orElseThrow(() -> new IllegalStateException("no prime among the candidates of the challenge"));
        return new ProofGeneration(statement, codec, output, challenge.number(), quotientPower(challenge.prime()));
    }

    /** x^floor(2^T / challenge), not yet begun. */
    QuotientPower quotientPower(BigInteger challenge) {
        return new QuotientPower(group, plan, powers, statement.squarings(), challenge);
    }
}
