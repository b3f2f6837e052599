// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
    private static final int MAX_FIELDS = 8;

    private final RequestHead head = new RequestHead(MAX_FIELDS);

    @Test
    void partsAreFoundInPlace() {
        String request = "GET /a/b?c=d HTTP/1.1\r\nHost: Shop.Example:8443\r\nAccept: */*\r\n\r\n";

        assertThat(parse(request + "rest")).isEqualTo(request.length());
        assertThat(head.is("GET")).isTrue();
        assertThat(head.text(head.pathStart(), head.pathEnd())).isEqualTo("/a/b");
        assertThat(head.text(head.pathStart(), head.targetEnd())).isEqualTo("/a/b?c=d");
        assertThat(head.text(head.hostStart(), head.hostEnd())).isEqualTo("Shop.Example");
        assertThat(head.text(head.hostStart(), head.authorityEnd())).isEqualTo("Shop.Example:8443");
        assertThat(head.valueText(head.acceptField())).isEqualTo("*/*");
        assertThat(head.hasBody()).isFalse();
        assertThat(head.isPersistent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 5 | 5 | false | true",
                "Content-Length: 0 | 0 | false | false",
                "content-LENGTH:5 | 5 | false | true",
                "Transfer-Encoding: Chunked | -1 | true | true",
                "Accept: x | -1 | false | false"
            })
    void framingIsRead(String field, long length, boolean chunked, boolean hasBody) {
        assertThat(parse("POST / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n")).isPositive();

        assertThat(head.contentLength()).isEqualTo(length);
        assertThat(head.isChunked()).isEqualTo(chunked);
        assertThat(head.hasBody()).isEqualTo(hasBody);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, keep-alive, true",
        "HTTP/1.1, close, false",
        "HTTP/1.1, 'x, Close', false",
        "HTTP/1.0, keep-alive, true",
        "HTTP/1.0, x, false"
    })
    void persistenceFollowsVersionAndConnectionHeader(String version, String connection, boolean persistent) {
        parse("GET / " + version + "\r\nHost: a\r\nConnection: " + connection + "\r\n\r\n");

        assertThat(head.isPersistent()).isEqualTo(persistent);
    }

    @Test
    void absoluteTargetNamesTheHost() {
        parse("GET http://real.example/x HTTP/1.1\r\nHost: other.example\r\n\r\n");

        assertThat(head.text(head.hostStart(), head.hostEnd())).isEqualTo("real.example");
        assertThat(head.text(head.pathStart(), head.pathEnd())).isEqualTo("/x");
    }

    @Test
    void trailingDotAndIpv6AreHosts() {
        parse("GET / HTTP/1.1\r\nHost: a.example.:80\r\n\r\n");
        assertThat(head.text(head.hostStart(), head.hostEnd())).isEqualTo("a.example");

        parse("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n");
        assertThat(head.text(head.hostStart(), head.hostEnd())).isEqualTo("[::1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection: Upgrade~Upgrade: websocket | true",
                "Connection: keep-alive, Upgrade~Upgrade: WebSocket | true",
                "Connection: Upgrade~Upgrade: h2c | false",
                "Connection: keep-alive~Upgrade: websocket | false",
                "Connection: Upgrade~Upgrade: websocket~Content-Length: 3 | false"
            })
    void onlyWebSocketUpgradesCount(String fields, boolean upgrade) {
        parse("GET / HTTP/1.1\r\nHost: a\r\n" + fields.replace("~", "\r\n") + "\r\n\r\n");

        assertThat(head.isUpgrade()).isEqualTo(upgrade);
    }

    @Test
    void headersNamedByConnectionAreMarked() {
        parse("GET / HTTP/1.1\r\nHost: a\r\nX-Secret: 1\r\nX-Sec: 2\r\nConnection: close, x-secret, host\r\n\r\n");

        assertThat(head.isNamedByConnection(1)).isTrue();
        assertThat(head.isNamedByConnection(2)).isFalse();
        assertThat(head.isNamedByConnection(0)).as("Host is never dropped").isFalse();
    }

    @Test
    void lookAlikesOfKnownHeadersAreMarked() {
        parse("GET / HTTP/1.1\r\nHost: a\r\nX_Forwarded-For: 1\r\nContent_Length: 3\r\nX-Forwarded-Any: 1\r\n\r\n");

        assertThat(head.name(1)).isEqualTo(FieldName.LOOK_ALIKE);
        assertThat(head.name(2)).isEqualTo(FieldName.LOOK_ALIKE);
        assertThat(head.name(3)).isEqualTo(FieldName.X_FORWARDED);
        assertThat(head.contentLength()).isEqualTo(MessageHead.NO_LENGTH);
    }

    @Test
    void tooManyHeadersAreRefused() {
        String fields = "X: 1\r\n".repeat(MAX_FIELDS - 1);

        assertThat(parse("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")).isPositive();
        assertThat(parse("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "Y: 1\r\n\r\n"))
                .isEqualTo(Fields.REFUSED);
        assertThat(head.refusal()).isEqualTo(Refusal.TOO_MANY_FIELDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"})
    void methodsThatAreNotPassedOnAreRefused(String request) {
        assertThat(parse(request)).isEqualTo(Fields.REFUSED);
        assertThat(head.refusal()).isEqualTo(Refusal.METHOD_NOT_ALLOWED);
    }

    @Test
    void everyProperPrefixIsIncomplete() {
        String request = "\r\nPOST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 3\r\nX: \tv\r\n\r\n";

        for (int length = 0; length < request.length(); length++) {
            assertThat(parse(request.substring(0, length)))
                    .as("prefix of %d bytes", length)
                    .isEqualTo(Fields.INCOMPLETE);
        }
        assertThat(parse(request)).isEqualTo(request.length());
    }

    private int parse(String text) {
        byte[] bytes = Ascii.bytes(text);
        return head.parse(bytes, 0, bytes.length);
    }
}
