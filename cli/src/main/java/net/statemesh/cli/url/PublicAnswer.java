// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.url;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request to an application's URL was answered with.
 *
 * @param status of HTTP
 * @param routerCode error code when the router answered itself; empty when the application did
 */
public record PublicAnswer(int status, String routerCode) {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
    private static final Pattern OF_ROUTER = Pattern.compile("(?im)^server: statemesh\\r?$");
    private static final Pattern HEAD_END = Pattern.compile("\r\n\r\n");
    private static final Pattern CODE = Pattern.compile("SM-INGRESS-\\d{3}");
    /** The router knows the name and has asked a replica: what is wrong is the application's. */
    private static final Set<String> OF_REPLICA = Set.of("SM-INGRESS-105", "SM-INGRESS-106", "SM-INGRESS-108");

    /** Reads the start of an HTTP/1 answer; {@link IllegalArgumentException} when it is none. */
    static PublicAnswer parse(String answer) {
        int end = answer.indexOf("\r\n");
        Matcher line = STATUS_LINE.matcher(end < 0 ? answer : answer.substring(0, end));
        if (!line.matches()) {
            throw new IllegalArgumentException("no answer in HTTP");
        }
        int headEnd = answer.indexOf("\r\n\r\n");
        String head = headEnd < 0 ? answer : answer.substring(0, headEnd);
        Matcher code = CODE.matcher(answer);
        boolean ofRouter = OF_ROUTER.matcher(head).find() && code.find();
        return new PublicAnswer(Integer.parseInt(line.group(1)), ofRouter ? code.group() : "");
    }

    /** Whether the rest of an answer that starts so would tell nothing more. */
    static boolean isEnough(CharSequence start) {
        return HEAD_END.matcher(start).find()
                && (!OF_ROUTER.matcher(start).find() || CODE.matcher(start).find());
    }

    /** Whether requests get through the router to a replica. */
    public boolean isRouted() {
        return routerCode.isEmpty() || OF_REPLICA.contains(routerCode);
    }

    /** Whether a browser would show what was asked for, or be sent elsewhere. */
    public boolean isGood() {
        return routerCode.isEmpty() && status >= 200 && status < 400;
    }

    /** {@code 503 (SM-INGRESS-103)}. */
    @Override
    public String toString() {
        return routerCode.isEmpty() ? Integer.toString(status) : status + " (" + routerCode + ")";
    }
}
