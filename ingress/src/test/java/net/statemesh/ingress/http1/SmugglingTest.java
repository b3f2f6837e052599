// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that two parsers may read differently: each must be refused, for the right reason. */
class SmugglingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Content-Length: 5~Transfer-Encoding: chunked~|LENGTH_AND_ENCODING",
                "Transfer-Encoding: chunked~Content-Length: 5~|LENGTH_AND_ENCODING",
                "Content-Length: 5~Content-Length: 6~|BAD_CONTENT_LENGTH",
                "Content-Length: 5~Content-Length: 5~|BAD_CONTENT_LENGTH",
                "Content-Length: 5, 5~|BAD_CONTENT_LENGTH",
                "Content-Length: +5~|BAD_CONTENT_LENGTH",
                "Content-Length: -5~|BAD_CONTENT_LENGTH",
                "Content-Length: 0x5~|BAD_CONTENT_LENGTH",
                "Content-Length: ~|BAD_CONTENT_LENGTH",
                "Content-Length: 5 5~|BAD_CONTENT_LENGTH",
                "Content-Length: 9999999999999999999~|BAD_CONTENT_LENGTH",
                "Transfer-Encoding: chunked, chunked~|BAD_TRANSFER_ENCODING",
                "Transfer-Encoding: identity~|BAD_TRANSFER_ENCODING",
                "Transfer-Encoding: gzip, chunked~|BAD_TRANSFER_ENCODING",
                "Transfer-Encoding: xchunked~|BAD_TRANSFER_ENCODING",
                "Transfer-Encoding: chunked~Transfer-Encoding: chunked~|BAD_TRANSFER_ENCODING",
                "Transfer-Encoding: chunked~Transfer-Encoding: x~|BAD_TRANSFER_ENCODING",
                "Transfer-Encoding : chunked~|BAD_FIELD_NAME",
                "Content-Length : 5~|BAD_FIELD_NAME",
                ": empty~|BAD_FIELD_NAME",
                "no colon~|BAD_FIELD_NAME",
                "X{: 1~|BAD_FIELD_NAME",
                "X: 1~ folded~|FOLDED_LINE",
                "X: 1!Y: 2~|BARE_LINE_FEED",
                "X: 1~Y!~|BARE_LINE_FEED",
                "X: a^b~|BARE_CARRIAGE_RETURN",
                "X: a`b~|CONTROL_CHARACTER",
                "Host: b~|BAD_HOST"
            })
    void headersAreRefused(String fields, Refusal reason) {
        refused("POST / HTTP/1.1~Host: a~" + fields + "~", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "GET / HTTP/1.1!Host: a~~|BARE_LINE_FEED",
                "GET /!Host: a~~|BARE_LINE_FEED",
                "!GET / HTTP/1.1~Host: a~~|BAD_START_LINE",
                "GET  / HTTP/1.1~Host: a~~|BAD_START_LINE",
                "GET / HTTP/1.1 ~Host: a~~|BAD_START_LINE",
                "GET /  HTTP/1.1~Host: a~~|BAD_START_LINE",
                " GET / HTTP/1.1~Host: a~~|BAD_START_LINE",
                "GET / HTTP/2.0~Host: a~~|VERSION_NOT_SUPPORTED",
                "GET / HTTP/1.2~Host: a~~|VERSION_NOT_SUPPORTED",
                "GET / http/1.1~Host: a~~|BAD_START_LINE",
                "GET / XXXX/1.1~Host: a~~|BAD_START_LINE",
                "GET / HTTP/1.1^Host: a~~|BARE_CARRIAGE_RETURN",
                "GET a HTTP/1.1~Host: a~~|BAD_TARGET",
                "GET * HTTP/1.1~Host: a~~|BAD_TARGET",
                "GET http://a HTTP/1.1~Host: a~~|BAD_TARGET",
                "GET ftp://a/ HTTP/1.1~Host: a~~|BAD_TARGET",
                "GET /` HTTP/1.1~Host: a~~|BAD_START_LINE",
                "GET / HTTP/1.1~X: a~~|BAD_HOST",
                "GET / HTTP/1.1~Host: ~~|BAD_HOST",
                "GET / HTTP/1.1~Host: a b~~|BAD_HOST",
                "GET / HTTP/1.1~Host: a@b~~|BAD_HOST",
                "GET / HTTP/1.1~Host: a,b~~|BAD_HOST",
                "GET / HTTP/1.1~Host: a:b~~|BAD_HOST",
                "GET / HTTP/1.1~Host: a/b~~|BAD_HOST",
                "GET / HTTP/1.0~~|BAD_HOST",
                "GET / HTTP/1.0~Host: a~Transfer-Encoding: chunked~~|BAD_TRANSFER_ENCODING"
            })
    void requestLinesAndHostsAreRefused(String request, Refusal reason) {
        refused(request, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "HTTP/1.1 200 OK!~|BARE_LINE_FEED",
                "HTTP/1.1 2000 OK~~|BAD_START_LINE",
                "HTTP/2.0 200 OK~~|BAD_START_LINE",
                "SSH-2.0-OpenSSH~~|BAD_START_LINE",
                "HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 1~~|BAD_CONTENT_LENGTH",
                "HTTP/1.1 200 OK~Content-Length: 1~Transfer-Encoding: chunked~~|LENGTH_AND_ENCODING",
                "HTTP/1.0 200 OK~Transfer-Encoding: chunked~~|BAD_TRANSFER_ENCODING",
                "HTTP/1.1 200 OK~X: 1~ folded~~|FOLDED_LINE"
            })
    void answersAreRefused(String response, Refusal reason) {
        byte[] bytes = bytes(response);
        ResponseHead head = new ResponseHead(16);

        assertThat(head.parse(bytes, 0, bytes.length)).isEqualTo(Fields.REFUSED);
        assertThat(head.refusal()).isEqualTo(reason);
    }

    private static void refused(String request, Refusal reason) {
        byte[] bytes = bytes(request);
        RequestHead head = new RequestHead(16);

        assertThat(head.parse(bytes, 0, bytes.length)).isEqualTo(Fields.REFUSED);
        assertThat(head.refusal()).isEqualTo(reason);
    }

    /** In the tables {@code ~} is CR LF, {@code !} a bare LF, {@code ^} a bare CR and a backtick is NUL. */
    private static byte[] bytes(String text) {
        return Ascii.bytes(
                text.replace("~", "\r\n").replace("!", "\n").replace("^", "\r").replace("`", "\0"));
    }
}
