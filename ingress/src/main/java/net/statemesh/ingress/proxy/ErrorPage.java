// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The body of an answer that the router gives itself: a small page for people, JSON for programs that ask for it. */
final class ErrorPage {
    static final String HTML_TYPE = "text/html; charset=utf-8";
    static final String JSON_TYPE = "application/json";

    private static final String ACCEPT = "accept:";

    private ErrorPage() {}

    /** Whether a program asks: JSON is accepted and HTML is not. */
    static boolean wantsJson(String accept) {
        String lower = accept.toLowerCase(Locale.ROOT);
        return lower.contains("json") && !lower.contains("text/html");
    }

    /** The same for a head as the replica gets it; looked up late, because most requests need no page. */
    static boolean wantsJson(ByteBuf head) {
        return head.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.regionMatches(true, 0, ACCEPT, 0, ACCEPT.length()))
                .anyMatch(ErrorPage::wantsJson);
    }

    static byte[] render(Failure failure, String requestId, boolean json) {
        return (json ? json(failure, requestId) : html(failure, requestId)).getBytes(StandardCharsets.UTF_8);
    }

    private static String html(Failure failure, String requestId) {
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%1$d %2$s</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:12vh auto;padding:0 1rem;color:#223}
            h1{font-size:1.5rem}small{color:#667}@media(prefers-color-scheme:dark){body{background:#15171c;color:#dde}}</style>
            </head><body><h1>%1$d · %2$s</h1><p>%3$s</p><p>%4$s</p><p><small>%5$s · request %6$s</small></p></body></html>
            """.formatted(
                        failure.status(),
                        escaped(failure.title()),
                        escaped(failure.sentence()),
                        escaped(failure.next()),
                        failure.code(),
                        requestId);
    }

    private static String json(Failure failure, String requestId) {
        return """
            {"code":"%s","status":%d,"title":"%s","message":"%s","next":["%s"],"requestId":"%s"}
            """.formatted(
                        failure.code(),
                        failure.status(),
                        quoted(failure.title()),
                        quoted(failure.sentence()),
                        quoted(failure.next()),
                        requestId);
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
