// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects in one SQLite file: write-ahead log, fsync at every commit. */
final class SqliteJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);
    private static final String UPSERT =
            "INSERT INTO objects(resource, namespace, name, revision, json) VALUES(?,?,?,?,?)"
                    + " ON CONFLICT(resource, namespace, name) DO UPDATE SET revision = excluded.revision, json = excluded.json";
    private static final String DELETE = "DELETE FROM objects WHERE resource = ? AND namespace = ? AND name = ?";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private @Nullable Connection connection;

    SqliteJournal(Path file) {
        this.file = file;
    }

    @Override
    public long load(Found each) throws JournalException {
        try (Statement statement = open().createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT resource, namespace, name, revision, json FROM objects")) {
            while (rows.next()) {
                ObjectKey key = new ObjectKey(rows.getString(1), rows.getString(2), rows.getString(3));
                each.object(key, rows.getLong(4), rows.getBytes(5));
            }
            return revision();
        } catch (SQLException e) {
            throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void append(List<Change> changes, long revision) throws JournalException {
        try {
            write(open(), changes, revision);
        } catch (SQLException e) {
            // a commit that failed may still have reached the disk: look before answering
            if (!reached(revision)) {
                throw new JournalException(e.getMessage() == null ? "write failed" : e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                LOG.warn("cannot close {}: {}", file, e.getMessage());
            }
        }
    }

    private static void write(Connection open, List<Change> changes, long revision) throws SQLException {
        try (PreparedStatement upsert = open.prepareStatement(UPSERT);
                PreparedStatement delete = open.prepareStatement(DELETE);
                PreparedStatement counter = open.prepareStatement("UPDATE counter SET revision = ?")) {
            for (Change change : changes) {
                ObjectKey key = change.object().key();
                PreparedStatement statement = change.removed() ? delete : upsert;
                statement.setString(1, key.resource());
                statement.setString(2, key.namespace());
                statement.setString(3, key.name());
                if (!change.removed()) {
                    statement.setLong(4, change.revision());
                    statement.setBytes(5, change.object().json());
                }
                statement.executeUpdate();
            }
            counter.setLong(1, revision);
            counter.executeUpdate();
            open.commit();
        }
    }

    private boolean reached(long revision) {
        close();
        try {
            open();
            return revision() == revision;
        } catch (SQLException e) {
            close();
            return false;
        }
    }

    private long revision() throws SQLException {
        try (Statement statement = open().createStatement();
                ResultSet rows = statement.executeQuery("SELECT revision FROM counter")) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** The file holds Secrets: SQLite gives its side files the mode of the file itself. */
    private void createPrivate() throws SQLException {
        try {
            if (Files.notExists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        } catch (IOException e) {
            throw new SQLException("cannot make " + file + " private: " + e.getMessage(), e);
        }
    }

    private Connection open() throws SQLException {
        Connection have = connection;
        if (have != null) {
            return have;
        }
        createPrivate();
        Connection fresh = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = fresh.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS objects(resource TEXT, namespace TEXT, name TEXT, revision INTEGER,"
                            + " json BLOB, PRIMARY KEY(resource, namespace, name)) WITHOUT ROWID");
            statement.execute("CREATE TABLE IF NOT EXISTS counter(revision INTEGER)");
            statement.execute("INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM counter)");
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
        fresh.setAutoCommit(false);
        connection = fresh;
        return fresh;
    }
}
