// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

/** Head of a request (RFC 9112, 3). */
public final class RequestHead extends MessageHead {
    private static final long HTTP_1_1 = ControlScan.word(Ascii.bytes("HTTP/1.1"), 0);
    private static final long HTTP_1_0 = ControlScan.word(Ascii.bytes("HTTP/1.0"), 0);
    private static final int MAX_METHOD_BYTES = 32;
    private static final byte[] WEBSOCKET = Ascii.bytes("websocket");

    private int start;
    private int methodEnd;
    private int targetEnd;
    private int pathStart;
    private int hostStart;
    private int hostEnd;
    private int authorityEnd;
    private int requestLineEnd;
    private boolean upgrade;
    private int accept;
    private int requestId;

    public RequestHead(int maxFields) {
        super(maxFields);
    }

    /**
     * Parses one head.
     *
     * @return index behind the head, {@link #INCOMPLETE} or {@link #REFUSED}
     */
    public int parse(byte[] source, int from, int to) {
        bytes = source;
        start = from;
        // one empty line before a request is what old clients send behind a body (RFC 9112, 2.2)
        if (from < to && source[from] == '\r') {
            if (from + 1 == to) {
                return INCOMPLETE;
            }
            if (source[from + 1] != '\n') {
                return refuse(Refusal.BARE_CARRIAGE_RETURN);
            }
            start += 2;
        }
        int line = parseRequestLine(to);
        if (line <= 0) {
            return line;
        }
        requestLineEnd = line;
        int end = parseFields(source, line, to);
        return end <= 0 || (readFraming() && readFields() && locateHost()) ? end : REFUSED;
    }

    private int parseRequestLine(int to) {
        int at = start;
        while (at < to && Ascii.isToken(bytes[at]) && at - start <= MAX_METHOD_BYTES) {
            at++;
        }
        if (at == to) {
            return INCOMPLETE;
        }
        methodEnd = at;
        if (bytes[at] != ' ' || at == start) {
            return refuse(Refusal.BAD_START_LINE);
        }
        at++;
        while (at < to && bytes[at] > ' ' && bytes[at] != 0x7f) {
            at++;
        }
        if (at == to) {
            return INCOMPLETE;
        }
        targetEnd = at;
        if (bytes[at] != ' ') {
            return refuse(bytes[at] == '\n' ? Refusal.BARE_LINE_FEED : Refusal.BAD_START_LINE);
        }
        return parseVersion(at + 1, to);
    }

    private int parseVersion(int at, int to) {
        if (to - at < Long.BYTES + 2) {
            return INCOMPLETE;
        }
        long version = ControlScan.word(bytes, at);
        http10 = version == HTTP_1_0;
        if (version != HTTP_1_1 && !http10) {
            return refuse(
                    bytes[at] == 'H' && bytes[at + 4] == '/' ? Refusal.VERSION_NOT_SUPPORTED : Refusal.BAD_START_LINE);
        }
        at += Long.BYTES;
        if (bytes[at] != '\r') {
            return refuse(bytes[at] == '\n' ? Refusal.BARE_LINE_FEED : Refusal.BAD_START_LINE);
        }
        if (bytes[at + 1] != '\n') {
            return refuse(Refusal.BARE_CARRIAGE_RETURN);
        }
        return locateTarget() ? at + 2 : REFUSED;
    }

    private boolean locateTarget() {
        int target = methodEnd + 1;
        hostStart = hostEnd = authorityEnd = 0;
        pathStart = target;
        if (is("CONNECT") || is("TRACE")) {
            refuse(Refusal.METHOD_NOT_ALLOWED);
            return false;
        }
        if (bytes[target] == '/' || (bytes[target] == '*' && targetEnd == target + 1 && is("OPTIONS"))) {
            return true;
        }
        int scheme = schemeLength(target);
        int at = target + scheme;
        while (at < targetEnd && bytes[at] != '/' && bytes[at] != '?' && bytes[at] != '#') {
            at++;
        }
        // an absolute URL without a path would need one made up: nobody but a prober sends it
        if (scheme == 0 || at == targetEnd || bytes[at] != '/') {
            refuse(Refusal.BAD_TARGET);
            return false;
        }
        pathStart = at;
        return readAuthority(target + scheme, at);
    }

    private int schemeLength(int target) {
        for (String scheme : new String[] {"http://", "https://"}) {
            int end = target + scheme.length();
            if (end < targetEnd && Ascii.equalsIgnoreCase(bytes, target, end, Ascii.bytes(scheme))) {
                return scheme.length();
            }
        }
        return 0;
    }

    private boolean readFields() {
        upgrade = false;
        accept = -1;
        requestId = -1;
        boolean websocket = false;
        int hosts = 0;
        for (int field = 0; field < count(); field++) {
            FieldName name = name(field);
            if (name == FieldName.HOST) {
                hosts++;
                // the authority of an absolute URL wins (RFC 9112, 3.2.2)
                if (!isAbsolute() && !readAuthority(valueStart(field), valueEnd(field))) {
                    return false;
                }
            } else if (name == FieldName.UPGRADE) {
                websocket |= valueIs(field, WEBSOCKET);
            } else if (name == FieldName.ACCEPT) {
                accept = field;
            } else if (name == FieldName.X_REQUEST_ID) {
                requestId = field;
            }
        }
        if (hosts > 1 || (hosts == 0 && !http10)) {
            refuse(Refusal.BAD_HOST);
            return false;
        }
        upgrade = websocket && hasUpgradeOption() && !http10 && is("GET") && !hasBody();
        return true;
    }

    private boolean locateHost() {
        if (hostEnd == hostStart) {
            refuse(Refusal.BAD_HOST);
            return false;
        }
        return true;
    }

    /** Splits {@code host[:port]}; a trailing dot of the host is left out. */
    private boolean readAuthority(int from, int to) {
        int at = from;
        if (at < to && bytes[at] == '[') {
            while (at < to && bytes[at] != ']') {
                at++;
            }
            at = Math.min(at + 1, to);
        } else {
            while (at < to && Ascii.isHost(bytes[at])) {
                at++;
            }
        }
        hostStart = from;
        hostEnd = at > from && bytes[at - 1] == '.' ? at - 1 : at;
        authorityEnd = to;
        int port = at;
        if (port < to && bytes[port] == ':') {
            port++;
            while (port < to && Ascii.isDigit(bytes[port])) {
                port++;
            }
        }
        if (port != to || hostEnd == hostStart) {
            refuse(Refusal.BAD_HOST);
            return false;
        }
        return true;
    }

    private boolean valueIs(int field, byte[] expected) {
        return Ascii.equalsIgnoreCase(bytes, valueStart(field), valueEnd(field), expected);
    }

    /** Whether the method is the given one; methods are case-sensitive. */
    public boolean is(String method) {
        if (methodEnd - start != method.length()) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            if (bytes[start + i] != method.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether sending it twice does what sending it once does (RFC 9110, 9.2.2). */
    public boolean isIdempotent() {
        return is("GET") || is("HEAD") || is("PUT") || is("DELETE") || is("OPTIONS");
    }

    public boolean hasBody() {
        return isChunked() || contentLength() > 0;
    }

    /** A WebSocket handshake; other upgrades are not passed on. */
    public boolean isUpgrade() {
        return upgrade;
    }

    public int start() {
        return start;
    }

    public int methodEnd() {
        return methodEnd;
    }

    /** Index of the path; the bytes up to {@link #targetEnd()} are path and query. */
    public int pathStart() {
        return pathStart;
    }

    public int targetEnd() {
        return targetEnd;
    }

    /** Index behind the path without its query. */
    public int pathEnd() {
        int at = pathStart;
        while (at < targetEnd && bytes[at] != '?') {
            at++;
        }
        return at;
    }

    /** Host without port, in the case it was sent. */
    public int hostStart() {
        return hostStart;
    }

    public int hostEnd() {
        return hostEnd;
    }

    /** Index behind {@code host:port}. */
    public int authorityEnd() {
        return authorityEnd;
    }

    /** Whether the target is an absolute URL, so that request line and Host must be written anew. */
    public boolean isAbsolute() {
        return pathStart != methodEnd + 1;
    }

    /** Index of the first header line. */
    public int requestLineEnd() {
        return requestLineEnd;
    }

    /** Index of the last Accept header, or -1. */
    public int acceptField() {
        return accept;
    }

    /** Index of the last X-Request-Id header, or -1. */
    public int requestIdField() {
        return requestId;
    }
}
