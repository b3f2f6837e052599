// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A replica on loopback that does to its connections what a test's script says. */
final class Backend implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final Queue<String> heads = new ConcurrentLinkedQueue<>();

    /** Serves one connection; it is closed afterwards. */
    interface Script {
        void serve(Connection connection) throws IOException;
    }

    private Backend(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    static Backend start(Script script) {
        try {
            Backend backend = new Backend(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), script);
            Thread.ofVirtual().start(backend::accept);
            return backend;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts nothing until {@link #accepts}, and has room for one connection that waits. */
    static Backend deaf(Script script) {
        try {
            return new Backend(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void accepts() {
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers every request with 200 and this text. */
    static Script answering(String text) {
        return connection -> {
            while (connection.readHead() != null) {
                connection.readBody();
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(text.length(), text));
            }
        };
    }

    /** Answers every request with 200 and its own head and body. */
    static Script echoing() {
        return connection -> {
            for (String head = connection.readHead(); head != null; head = connection.readHead()) {
                String text = head + connection.readBody();
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(text.length(), text));
            }
        };
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                int number = connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            script.serve(new Connection(socket, this, number));
        } catch (IOException gone) {
            // the other side closed
        } finally {
            sockets.remove(socket);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Closes the connections of this moment; new ones are accepted. */
    void closeConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }

    /** One accepted connection, read like a simple server reads HTTP/1.1. */
    static final class Connection {
        final Socket socket;
        final InputStream in;
        final OutputStream out;
        private final Backend backend;
        private final int number;
        private String lastHead = "";

        Connection(Socket socket, Backend backend, int number) throws IOException {
            this.socket = socket;
            this.backend = backend;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
            this.number = number;
        }

        /** Whether no other connection came before. */
        boolean isFirst() {
            return number == 1;
        }

        /** Head with its empty line, or null when the connection has ended. */
        String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            for (int value = in.read(); value >= 0; value = in.read()) {
                head.append((char) value);
                if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                    backend.requests.incrementAndGet();
                    lastHead = head.toString();
                    backend.heads.add(lastHead);
                    return lastHead;
                }
            }
            return null;
        }

        /** Body of the request whose head was read last, as the head frames it. */
        String readBody() throws IOException {
            String length = header("content-length");
            if (length != null) {
                return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.ISO_8859_1);
            }
            return "chunked".equals(header("transfer-encoding")) ? readChunks() : "";
        }

        private String readChunks() throws IOException {
            StringBuilder body = new StringBuilder();
            while (true) {
                int size = Integer.parseInt(readLine(), 16);
                if (size == 0) {
                    List<String> trailers = new ArrayList<>();
                    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
                        trailers.add(line);
                    }
                    return trailers.isEmpty() ? body.toString() : body + "|" + String.join("|", trailers);
                }
                body.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
                readLine();
            }
        }

        String readLine() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int value = in.read(); value != '\n' && value >= 0; value = in.read()) {
                line.append((char) value);
            }
            return line.toString().strip();
        }

        String header(String name) {
            return lastHead.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }
}
