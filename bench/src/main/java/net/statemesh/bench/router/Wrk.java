// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** HTTP/1.1 with keep-alive by wrk: 64 connections with a browser's headers, hosts and paths in turn. */
record Wrk(String name, boolean tls, int connections, int seconds, Path script) implements Load {
    private static final Pattern SUMMARY = Pattern.compile("SUMMARY (\\d+) (\\d+) (\\d+)");
    private static final double MICROS_PER_MILLI = 1000;

    /** @param path what is asked for, below both routes of every host unless it is the large file */
    static Wrk of(String name, boolean tls, int connections, int seconds, Site site, String path, Path folder)
            throws IOException {
        String hosts = IntStream.range(0, site.applications())
                .mapToObj(i -> "\"" + site.host(i) + "\"")
                .collect(Collectors.joining(","));
        Path script = Files.writeString(folder.resolve(name + ".lua"), """
                local hosts = {%s}
                local requests = {}
                local n = 0
                init = function(args)
                  for i, host in ipairs(hosts) do
                    requests[i] = wrk.format("GET", "%s", {
                      ["Host"] = host,
                      ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
                      ["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                      ["Accept-Language"] = "en-US,en;q=0.5",
                      ["Accept-Encoding"] = "gzip, deflate, br",
                      ["Cookie"] = "session=0123456789abcdef0123456789abcdef; theme=dark",
                      ["Referer"] = "https://" .. host .. "/"})
                  end
                end
                request = function()
                  n = n %% #requests + 1
                  return requests[n]
                end
                done = function(summary, latency)
                  local e = summary.errors
                  io.write(string.format("SUMMARY %%d %%d %%d\\n", summary.requests, latency:percentile(99.0),
                    e.connect + e.read + e.write + e.status + e.timeout))
                end
                """.formatted(hosts, path));
        return new Wrk(name, tls, connections, seconds, script);
    }

    @Override
    public String unit() {
        return "requests";
    }

    @Override
    public Outcome run(ProxyProcess proxy) throws IOException, InterruptedException {
        String url = tls ? "https://127.0.0.1:" + proxy.tlsPort() : "http://127.0.0.1:" + proxy.plainPort();
        Matcher summary = Command.find(
                SUMMARY,
                Command.run(List.of(
                        Programs.path("wrk"), "-t1", "-c" + connections, "-d" + seconds + "s", "-s" + script, url)));
        if (!summary.group(3).equals("0")) {
            throw new IOException(summary.group(3) + " requests to " + proxy.name() + " failed");
        }
        return new Outcome(Long.parseLong(summary.group(1)), Long.parseLong(summary.group(2)) / MICROS_PER_MILLI);
    }
}
