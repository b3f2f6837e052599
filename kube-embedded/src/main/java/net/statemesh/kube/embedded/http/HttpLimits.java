// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

/** What one client may ask of the server. */
final class HttpLimits {
    /** As in Kubernetes. */
    static final int MAX_BODY_BYTES = 3 << 20;

    static final int MAX_REQUEST_LINE_BYTES = 16 << 10;
    static final int MAX_HEADER_BYTES = 64 << 10;
    static final int MAX_CONNECTIONS = 4096;
    /** Connections from one address: no neighbour takes them all. */
    static final int MAX_CONNECTIONS_PER_ADDRESS = 1024;

    static final int MAX_STREAMS_PER_CONNECTION = 250;
    /** Requests being worked on, without those that stream. */
    static final int MAX_IN_FLIGHT = 64;
    /** Requests that wait for one of these places; more are refused. */
    static final int MAX_WAITING = 4096;
    /** Bodies held in memory by all requests together. */
    static final int MAX_BODY_BYTES_HELD = 32 << 20;

    static final int REQUEST_TIMEOUT_SECONDS = 60;
    /** How long a client whose request was refused may go on sending it. */
    static final int REFUSED_SECONDS = 5;

    static final int IDLE_CONNECTION_SECONDS = 180;
    /** A connection on which nobody has shown accepted credentials ends after this. */
    static final int UNKNOWN_CLIENT_SECONDS = 30;

    private HttpLimits() {}
}
