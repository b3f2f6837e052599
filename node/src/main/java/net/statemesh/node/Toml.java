// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

/** Strings as TOML writes them. */
final class Toml {
    private Toml() {}

    /** A basic string with everything escaped that must be. */
    static String text(Object value) {
        StringBuilder out = new StringBuilder("\"");
        value.toString().chars().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append("\\u%04x".formatted(c));
                    } else {
                        out.append((char) c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
