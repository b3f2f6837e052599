// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

/**
 * A validator and its share of the vote.
 *
 * @param id 0 to 2^32 - 1
 * @param weight at least 1
 */
public record Validator(long id, int weight) {
    private static final long MAX_ID = (1L << 32) - 1;

    public Validator {
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("validator id " + id + " is outside 0 to " + MAX_ID);
        }
        if (weight < 1) {
            throw new IllegalArgumentException("validator " + id + " has weight " + weight + ", the least is 1");
        }
    }
}
