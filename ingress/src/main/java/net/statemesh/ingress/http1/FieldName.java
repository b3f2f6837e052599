// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

import org.jspecify.annotations.Nullable;

/** Headers a proxy must know; all others are {@link #OTHER} and pass through unread. */
public enum FieldName {
    OTHER(null),
    HOST("host"),
    CONTENT_LENGTH("content-length"),
    TRANSFER_ENCODING("transfer-encoding"),
    CONNECTION("connection"),
    KEEP_ALIVE("keep-alive"),
    PROXY_CONNECTION("proxy-connection"),
    TE("te"),
    TRAILER("trailer"),
    UPGRADE("upgrade"),
    HTTP2_SETTINGS("http2-settings"),
    EXPECT("expect"),
    ACCEPT("accept"),
    FORWARDED("forwarded"),
    X_FORWARDED("x-forwarded-for"),
    X_REAL_IP("x-real-ip"),
    X_REQUEST_ID("x-request-id"),
    /** A name that some back ends would read as one of the above because they take {@code _} for {@code -}. */
    LOOK_ALIKE(null);

    private static final int SLOTS = 256;
    private static final FieldName[] TABLE = new FieldName[SLOTS];
    private static final byte[] FORWARDED_PREFIX = Ascii.bytes("x-forwarded-");

    static {
        for (FieldName field : values()) {
            if (field.name.length > 0) {
                int slot = slot(hash(field.name));
                while (TABLE[slot] != null) {
                    slot = (slot + 1) % SLOTS;
                }
                TABLE[slot] = field;
            }
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // never written after construction; an array so that comparing is cheap
    private final byte[] name;

    FieldName(@Nullable String name) {
        this.name = name == null ? new byte[0] : Ascii.bytes(name);
    }

    /** Whether the header concerns one connection only (RFC 9110, 7.6.1) and is never passed on. */
    public boolean isHopByHop() {
        return switch (this) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TE, UPGRADE, HTTP2_SETTINGS -> true;
            case OTHER,
                    HOST,
                    CONTENT_LENGTH,
                    TRANSFER_ENCODING,
                    TRAILER,
                    EXPECT,
                    ACCEPT,
                    FORWARDED,
                    X_FORWARDED,
                    X_REAL_IP,
                    X_REQUEST_ID,
                    LOOK_ALIKE -> false;
        };
    }

    /** The header of this name. */
    public static FieldName named(String name) {
        byte[] bytes = Ascii.bytes(name);
        int hash = 0;
        for (byte value : bytes) {
            hash = hash(hash, Ascii.folded(value));
        }
        return of(bytes, 0, bytes.length, hash);
    }

    /** Next state of the hash that {@link #of} wants, one folded byte at a time, starting at 0. */
    static int hash(int state, byte folded) {
        return state * 31 + folded;
    }

    /**
     * The header called {@code bytes[from, to)}.
     *
     * @param hash of the folded name
     */
    static FieldName of(byte[] bytes, int from, int to, int hash) {
        for (int slot = slot(hash); TABLE[slot] != null; slot = (slot + 1) % SLOTS) {
            if (matches(bytes, from, to, TABLE[slot].name, true)) {
                return hasUnderscore(bytes, from, to) ? LOOK_ALIKE : TABLE[slot];
            }
        }
        return matches(bytes, from, to, FORWARDED_PREFIX, false) ? X_FORWARDED : OTHER;
    }

    private static boolean matches(byte[] bytes, int from, int to, byte[] name, boolean whole) {
        if (whole ? to - from != name.length : to - from < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (Ascii.folded(bytes[from + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasUnderscore(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '_') {
                return true;
            }
        }
        return false;
    }

    private static int hash(byte[] name) {
        int hash = 0;
        for (byte value : name) {
            hash = hash(hash, value);
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
