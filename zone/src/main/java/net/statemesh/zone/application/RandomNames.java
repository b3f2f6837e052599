// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.application;

import java.security.SecureRandom;

/** Five random characters: ids of applications. */
final class RandomNames {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 5;

    private final SecureRandom random = new SecureRandom();

    String next() {
        StringBuilder name = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
