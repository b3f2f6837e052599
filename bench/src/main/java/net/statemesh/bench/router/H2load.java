// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP over TLS 1.3 by h2load, which never resumes a session. Every answer must be a 2xx. */
record H2load(String name, String unit, List<String> options, String host) implements Load {
    private static final Pattern REQUESTS =
            Pattern.compile("requests: (\\d+) total, (\\d+) started, (\\d+) done, (\\d+) succeeded");
    private static final int PERIODS_PER_SECOND = 20;
    private static final Pattern FAILED = Pattern.compile("(\\d+) failed, (\\d+) errored, (\\d+) timeout");

    /** HTTP/2: 32 connections with 10 requests under way on each. */
    static H2load http2(int seconds, String host) {
        return new H2load("http2", "requests", List.of("-c32", "-m10", "-D" + seconds, "--warm-up-time=0"), host);
    }

    /** A new connection with a full handshake for every request, so many a second. */
    static H2load handshakes(int perSecond, int seconds, String host) {
        int count = perSecond * seconds;
        return new H2load(
                "handshake",
                "handshakes",
                List.of(
                        "--h1",
                        "-n" + count,
                        "-c" + count,
                        "-r" + perSecond / PERIODS_PER_SECOND,
                        "--rate-period=50ms"),
                host);
    }

    @Override
    public Outcome run(ProxyProcess proxy) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Programs.path("h2load"));
        command.addAll(options);
        command.addAll(List.of(
                "--tls13-ciphers=TLS_AES_128_GCM_SHA256",
                "--groups=X25519",
                "--connect-to=127.0.0.1:" + proxy.tlsPort(),
                "https://" + host + Site.PATH + "/"));
        String output = Command.run(command);
        Matcher requests = Command.find(REQUESTS, output);
        Matcher failed = Command.find(FAILED, output);
        if (!failed.group(1).equals("0") || !failed.group(3).equals("0")) {
            throw new IOException("requests to " + proxy.name() + " failed: " + output);
        }
        return new Outcome(Long.parseLong(requests.group(4)), NOT_MEASURED);
    }
}
