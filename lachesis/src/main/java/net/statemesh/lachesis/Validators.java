// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The validators of one epoch in canonical order: weight descending, then id ascending. Inside an epoch a validator is its index here. */
public final class Validators {
    public static final int MAX_VALIDATORS = 1 << 14;

    /** Answer of {@link #indexOf} for an id that is not a validator's. */
    static final int NOT_A_VALIDATOR = -1;

    private static final Comparator<Validator> CANONICAL =
            Comparator.comparingInt(Validator::weight).reversed().thenComparingLong(Validator::id);

    private final List<Validator> canonical;
    private final int[] weights;
    private final Map<Long, Integer> indexes;
    private final int totalWeight;

    private Validators(List<Validator> canonical) {
        this.canonical = canonical;
        this.weights = canonical.stream().mapToInt(Validator::weight).toArray();
        this.indexes = HashMap.newHashMap(canonical.size());
        long total = 0;
        for (Validator validator : canonical) {
            if (indexes.put(validator.id(), indexes.size()) != null) {
                throw new IllegalArgumentException("validator " + validator.id() + " is listed twice");
            }
            total += validator.weight();
        }
        if (total > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the total weight " + total + " is above " + Integer.MAX_VALUE);
        }
        this.totalWeight = (int) total;
    }

    /**
     * The set of these validators, in any order.
     *
     * @throws IllegalArgumentException when there are none, too many, one is listed twice, or the weights exceed 2^31 - 1 together
     */
    public static Validators of(Collection<Validator> validators) {
        if (validators.isEmpty() || validators.size() > MAX_VALIDATORS) {
            throw new IllegalArgumentException(
                    validators.size() + " validators: an epoch has 1 to " + MAX_VALIDATORS + " of them");
        }
        return new Validators(validators.stream().sorted(CANONICAL).toList());
    }

    /** All validators in canonical order. */
    public List<Validator> canonical() {
        return canonical;
    }

    public int totalWeight() {
        return totalWeight;
    }

    /** The least weight that is more than two thirds. */
    public int quorum() {
        return (int) (totalWeight * 2L / 3) + 1;
    }

    int count() {
        return weights.length;
    }

    int indexOf(long id) {
        Integer index = indexes.get(id);
        return index == null ? NOT_A_VALIDATOR : index;
    }

    long id(int index) {
        return canonical.get(index).id();
    }

    int weight(int index) {
        return weights[index];
    }

    /** Weights by index: not to be changed. */
    int[] weights() {
        return weights;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Validators that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return canonical.toString();
    }
}
