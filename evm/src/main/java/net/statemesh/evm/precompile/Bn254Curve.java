// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.statemesh.evm.bn254.G1Point;
import net.statemesh.evm.bn254.G2Point;
import net.statemesh.evm.bn254.Pairing;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** Addresses 6, 7 and 8: EIP-196 and EIP-197 as EIP-1108 prices them. */
final class Bn254Curve implements Precompile {
    private static final long ADD_GAS = 150;
    private static final long MULTIPLY_GAS = 6_000;
    private static final long PAIRING_GAS = 45_000;
    private static final long PAIR_GAS = 34_000;
    private static final int POINT_BYTES = 2 * Word.BYTES;
    private static final int PAIR_BYTES = 6 * Word.BYTES;

    private final long baseGas;
    private final long pairGas;
    private final Function<Bytes, Optional<Bytes>> function;

    private Bn254Curve(long baseGas, long pairGas, Function<Bytes, Optional<Bytes>> function) {
        this.baseGas = baseGas;
        this.pairGas = pairGas;
        this.function = function;
    }

    /** Input: two points. */
    static Precompile addition() {
        return new Bn254Curve(ADD_GAS, 0, Bn254Curve::add);
    }

    /** Input: a point and a scalar. */
    static Precompile multiplication() {
        return new Bn254Curve(MULTIPLY_GAS, 0, Bn254Curve::multiply);
    }

    /** Input: pairs of a point and a point of the twist; output: 1 if the product of their pairings is one, else 0. */
    static Precompile pairing() {
        return new Bn254Curve(PAIRING_GAS, PAIR_GAS, Bn254Curve::pair);
    }

    @Override
    public long gas(Bytes input) {
        return baseGas + pairGas * (input.size() / PAIR_BYTES);
    }

    @Override
    public Optional<Bytes> run(Bytes input) {
        return function.apply(input);
    }

    private static Optional<Bytes> add(Bytes input) {
        return point(input, 0)
                .flatMap(a ->
                        point(input, POINT_BYTES).map(b -> Bytes.wrap(a.plus(b).toBytes())));
    }

    private static Optional<Bytes> multiply(Bytes input) {
        return point(input, 0)
                .map(point -> Bytes.wrap(
                        point.times(InputWords.word(input, POINT_BYTES)).toBytes()));
    }

    private static Optional<Bytes> pair(Bytes input) {
        if (input.size() % PAIR_BYTES != 0) {
            return Optional.empty();
        }
        List<Pairing.Pair> pairs = new ArrayList<>();
        for (int at = 0; at < input.size(); at += PAIR_BYTES) {
            Optional<G1Point> g1 = point(input, at);
            // the imaginary part comes first
            Optional<G2Point> g2 = G2Point.of(
                    InputWords.word(input, at + 3 * Word.BYTES),
                    InputWords.word(input, at + 2 * Word.BYTES),
                    InputWords.word(input, at + 5 * Word.BYTES),
                    InputWords.word(input, at + 4 * Word.BYTES));
            if (g1.isEmpty() || g2.isEmpty()) {
                return Optional.empty();
            }
            pairs.add(new Pairing.Pair(g1.get(), g2.get()));
        }
        Word result = Pairing.isProductOne(pairs) ? Word.ONE : Word.ZERO;
        return Optional.of(Bytes.wrap(result.toBytes()));
    }

    private static Optional<G1Point> point(Bytes input, int offset) {
        return G1Point.of(InputWords.word(input, offset), InputWords.word(input, offset + Word.BYTES));
    }
}
