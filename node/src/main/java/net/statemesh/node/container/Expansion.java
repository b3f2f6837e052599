// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import java.util.Map;

/** {@code $(NAME)} in commands, arguments and values: replaced when NAME is known, left as it is when not; {@code $$} is a dollar. */
final class Expansion {
    private Expansion() {}

    static String expand(String text, Map<String, String> variables) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$' || at + 1 == text.length()) {
                out.append(c);
                at++;
            } else {
                at = afterDollar(text, at, variables, out);
            }
        }
        return out.toString();
    }

    private static int afterDollar(String text, int at, Map<String, String> variables, StringBuilder out) {
        char next = text.charAt(at + 1);
        int end = next == '(' ? text.indexOf(')', at + 2) : -1;
        if (next == '$') {
            out.append('$');
            return at + 2;
        }
        if (end < 0) {
            out.append('$').append(next);
            return at + 2;
        }
        String name = text.substring(at + 2, end);
        String value = variables.get(name);
        out.append(value == null ? text.substring(at, end + 1) : value);
        return end + 1;
    }
}
