// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx, which answers every path with 1 KiB and {@link #LARGE} with 1 MiB, on every loopback address. */
record BackEnd(Process process, int port) implements AutoCloseable {
    static final String LARGE = Site.PATH + "/large";

    private static final int SMALL_BYTES = 1 << 10;
    private static final int LARGE_BYTES = 1 << 20;

    /** @param folder empty; gets the configuration and everything nginx writes */
    static BackEnd start(Path folder) throws IOException {
        int port = ProxyProcess.freePort();
        Files.write(folder.resolve("large"), new byte[LARGE_BYTES]);
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off;
                worker_processes 1;
                %4$s
                pid %1$s/nginx.pid;
                error_log stderr error;
                events { worker_connections 16384; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  keepalive_timeout 600s;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  sendfile on;
                  open_file_cache max=8;
                  server {
                    listen %2$d backlog=4096;
                    location / { default_type text/plain; return 200 "%3$s"; }
                    location = %5$s { default_type application/octet-stream; alias %1$s/large; }
                  }
                }
                """.formatted(
                        folder, port, "x".repeat(SMALL_BYTES), isRoot() ? "user root;" : "", LARGE));
        Process process = new ProcessBuilder(
                        List.of(Programs.path("nginx"), "-p", folder.toString(), "-c", configuration.toString()))
                .inheritIO()
                .start();
        ProxyProcess.awaitListening(process, port);
        return new BackEnd(process, port);
    }

    /** Its workers would otherwise be somebody who may not read the folder. */
    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Asked to end, so that it takes its worker along. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
