// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

/** Why a message is not accepted, with the status a client gets for it. */
public enum Refusal {
    BARE_LINE_FEED(400, "a line ends in LF without CR"),
    BARE_CARRIAGE_RETURN(400, "a CR stands without LF"),
    CONTROL_CHARACTER(400, "a control character stands in the head"),
    FOLDED_LINE(400, "a header line is folded"),
    BAD_START_LINE(400, "the first line is not METHOD SP target SP HTTP/1.1"),
    BAD_TARGET(400, "the request target is not a path, an absolute URL or *"),
    BAD_FIELD_NAME(400, "a header name is empty, has a space before the colon or a character that names may not have"),
    BAD_HOST(400, "there must be exactly one Host header, a name or an address with an optional port"),
    BAD_CONTENT_LENGTH(400, "Content-Length is repeated or not a decimal number"),
    LENGTH_AND_ENCODING(400, "Content-Length and Transfer-Encoding stand together"),
    BAD_TRANSFER_ENCODING(400, "Transfer-Encoding is something else than one 'chunked'"),
    BAD_CHUNK(400, "a chunk of the body is malformed"),
    BAD_TRAILER(400, "a trailer is malformed or may not stand behind a body"),
    METHOD_NOT_ALLOWED(405, "the methods CONNECT and TRACE are not passed on"),
    TARGET_TOO_LONG(414, "the request target is too long"),
    TOO_MANY_FIELDS(431, "there are too many headers"),
    HEAD_TOO_LARGE(431, "the headers are too large"),
    VERSION_NOT_SUPPORTED(505, "the version is neither HTTP/1.1 nor HTTP/1.0");

    private final int status;
    private final String sentence;

    Refusal(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    public int status() {
        return status;
    }

    /** What is wrong, as part of a sentence. */
    public String sentence() {
        return sentence;
    }
}
