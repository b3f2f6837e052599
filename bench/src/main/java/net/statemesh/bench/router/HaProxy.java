// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * HAProxy with what the router does: as many threads, the same certificate, headers, balancing, retries and timeouts. Its log goes
 * to a ring in memory, the cheapest it has; its counters are always on.
 */
final class HaProxy {
    private HaProxy() {}

    /**
     * @param folder empty; gets the configuration
     * @param certificate PEM file with chain and key
     */
    static ProxyProcess start(Path folder, Site site, Path certificate, int threads) throws IOException {
        int plainPort = ProxyProcess.freePort();
        int tlsPort = ProxyProcess.freePort();
        Path map = Files.writeString(folder.resolve("routes.map"), map(site));
        Path configuration = folder.resolve("haproxy.cfg");
        String text = """
                global
                  nbthread %1$d
                  maxconn 16384
                  no strict-limits
                  log ring@access local0
                  stats socket %2$s/admin.sock level admin
                  ssl-default-bind-options ssl-min-ver TLSv1.2
                  ssl-default-bind-ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384

                ring access
                  format rfc5424
                  size 4194304

                defaults
                  mode http
                  log global
                  option httplog
                  retries 3
                  retry-on conn-failure empty-response
                  option redispatch 1
                  http-reuse always
                  timeout connect 2s
                  timeout client 75s
                  timeout http-request 10s
                  timeout http-keep-alive 75s
                  timeout server 60s
                  timeout tunnel 1h

                frontend web
                  bind 127.0.0.1:%3$d
                  bind 127.0.0.1:%4$d ssl crt %5$s alpn h2,http/1.1
                  unique-id-format %%{+X}o%%Ts%%pid%%rt%%ci%%cp
                  unique-id-header X-Request-Id
                  http-request del-header X-Forwarded- -m beg
                  http-request del-header Forwarded
                  http-request del-header X-Real-IP
                  http-request set-header X-Forwarded-For %%[src]
                  http-request set-header X-Forwarded-Proto https if { ssl_fc }
                  http-request set-header X-Forwarded-Proto http if !{ ssl_fc }
                  http-request set-header X-Forwarded-Port %%[dst_port]
                  http-request set-header X-Forwarded-Host %%[req.hdr(host)]
                  use_backend %%[base,map_beg(%6$s)]

                """.formatted(threads, folder, plainPort, tlsPort, certificate, map) + backends(site);
        Files.writeString(configuration, text);
        Process process = new ProcessBuilder(List.of(Programs.path("haproxy"), "-db", "-f", configuration.toString()))
                .inheritIO()
                .start();
        ProxyProcess.awaitListening(process, tlsPort);
        return new ProxyProcess("haproxy", process, plainPort, tlsPort);
    }

    private static String map(Site site) {
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < site.applications(); i++) {
            map.append("%1$s%3$s/ %2$s\n%1$s%4$s/ %2$s\n"
                    .formatted(site.host(i), site.name(i), Site.PATH, Site.OTHER_PATH));
        }
        return map.toString();
    }

    private static String backends(Site site) {
        StringBuilder backends = new StringBuilder();
        for (int i = 0; i < site.applications(); i++) {
            backends.append("backend %s\n  balance roundrobin\n".formatted(site.name(i)));
            for (int replica = 0; replica < site.replicas(); replica++) {
                backends.append("  server r%d %s:%d\n".formatted(replica, site.address(i, replica), site.port()));
            }
        }
        return backends.toString();
    }
}
