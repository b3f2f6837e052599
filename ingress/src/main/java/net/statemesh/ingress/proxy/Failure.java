// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.ErrorKind;
import net.statemesh.ingress.http1.Refusal;

/**
 * Why the router itself answered instead of a replica; the text of its page.
 *
 * @param sentence what happened, without request-specific values
 * @param next what the reader can do
 */
public record Failure(ErrorCode code, int status, String title, String sentence, String next) {
    static final Failure NO_SUCH_HOST = platform(
            "101",
            404,
            "No application here",
            "No application of this zone has this name.",
            "Check the name: statemesh apps list shows the URL of each application.");
    static final Failure NO_SUCH_PATH = platform(
            "102",
            404,
            "No application here",
            "The application has no entrypoint for this path.",
            "Check the path, or add an entrypoint to the application.");
    static final Failure NO_READY_REPLICA = platform(
            "103",
            503,
            "Not ready",
            "No replica of this application is ready.",
            "Try again in a moment. Its owner sees why with: statemesh apps explain");
    static final Failure NOBODY_LISTENS = platform(
            "104",
            502,
            "Nobody listens",
            "A replica is running, but nobody listens on its port %d.",
            "The owner of the application should compare the entrypoint's port with what the program listens on (0.0.0.0, not 127.0.0.1).");
    static final Failure CLOSED_WITHOUT_ANSWER = platform(
            "105",
            502,
            "No answer",
            "The replica closed the connection without an answer.",
            "Try again. Its owner sees why with: statemesh apps logs");
    static final Failure MALFORMED_ANSWER = platform(
            "106",
            502,
            "Malformed answer",
            "The replica did not answer in HTTP.",
            "The owner of the application should check that the entrypoint's port speaks HTTP.");
    static final Failure UNREACHABLE = platform(
            "107",
            504,
            "Unreachable",
            "No replica could be reached within %d ms.",
            "Try again in a moment; statemesh node list shows whether nodes are ready.");
    static final Failure NO_ANSWER_IN_TIME = platform(
            "108",
            504,
            "No answer in time",
            "The replica did not answer in %d s.",
            "Try again later. Its owner sees what it does with: statemesh apps logs");
    static final Failure TOO_BUSY = platform(
            "109",
            503,
            "Too busy",
            "Too many connections to this application are being opened.",
            "Try again in a moment, or give the application more replicas.");
    static final Failure BODY_TOO_LARGE = platform(
            "110",
            413,
            "Too large",
            "The body of the request is larger than the %d bytes that are accepted.",
            "Send less at once.");
    static final Failure TOO_SLOW = platform(
            "111", 408, "Too slow", "The request did not arrive in time.", "Send it again over a faster connection.");

    private static Failure platform(String number, int status, String title, String sentence, String next) {
        return new Failure(
                new ErrorCode("SM-INGRESS-" + number, status < 500 ? ErrorKind.USER : ErrorKind.PLATFORM),
                status,
                title,
                sentence,
                next);
    }

    /** A request that is not accepted for its form. */
    static Failure of(Refusal refusal) {
        return new Failure(
                new ErrorCode("SM-INGRESS-201", ErrorKind.USER),
                refusal.status(),
                "Not understood",
                "The request is not accepted: " + refusal.sentence() + ".",
                "Use a client that speaks HTTP/1.1 as RFC 9112 has it.");
    }

    /** The same failure with the number its sentence speaks of. */
    Failure with(long number) {
        return new Failure(code, status, title, sentence.formatted(number), next);
    }
}
