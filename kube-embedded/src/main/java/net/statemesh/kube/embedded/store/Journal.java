// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import java.util.List;

/** Durable memory of the store. Called by one thread at a time. */
interface Journal extends AutoCloseable {
    /** Hands over every object and answers the revision of the last write. */
    long load(Found each) throws JournalException;

    /** Writes all changes in one transaction that is on disk when this returns, or none of them. */
    void append(List<Change> changes, long revision) throws JournalException;

    /** One object as it was written last. */
    @FunctionalInterface
    interface Found {
        void object(ObjectKey key, long revision, byte[] json);
    }

    @Override
    void close();

    /** The disk refused a write or a read. */
    final class JournalException extends Exception {
        private static final long serialVersionUID = 1;

        JournalException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
