// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import net.statemesh.api.error.StateMeshException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a layer as a gzip-compressed POSIX tar archive. The same contents give the same bytes: sorted entries, owner 0:0, all times
 * zero.
 */
final class LayerPacking {
    private static final int BUFFER_BYTES = 64 << 10;

    private LayerPacking() {}

    static Layer pack(LayerContents contents, Path spool) {
        MessageDigest compressed = Digest.sha256();
        MessageDigest archive = Digest.sha256();
        try {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(spool), BUFFER_BYTES);
                    OutputStream gzip = new GZIPOutputStream(new DigestOutputStream(file, compressed), BUFFER_BYTES);
                    TarArchiveOutputStream tar =
                            new TarArchiveOutputStream(new DigestOutputStream(gzip, archive), "UTF-8")) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                tar.setAddPaxHeadersForNonAsciiNames(true);
                for (Map.Entry<String, LayerEntry> entry : contents.entries().entrySet()) {
                    write(tar, entry.getKey(), entry.getValue());
                }
            }
            return new Layer(spool, Digest.finish(compressed), Digest.finish(archive), Files.size(spool));
        } catch (IOException e) {
            throw new StateMeshException(
                    ImageErrors.FOLDER,
                    "Cannot pack the image: " + e.getMessage() + ".",
                    List.of("written to " + spool),
                    List.of("check that the files do not change meanwhile and that the disk has room"),
                    e);
        }
    }

    private static void write(TarArchiveOutputStream tar, String path, LayerEntry entry) throws IOException {
        switch (entry) {
            case LayerEntry.Directory directory -> {
                tar.putArchiveEntry(header(path + "/", TarConstants.LF_DIR, 0, directory.mode()));
                tar.closeArchiveEntry();
            }
            case LayerEntry.SymbolicLink link -> {
                TarArchiveEntry header = header(path, TarConstants.LF_SYMLINK, 0, link.mode());
                header.setLinkName(link.target());
                tar.putArchiveEntry(header);
                tar.closeArchiveEntry();
            }
            case LayerEntry.InlineFile file -> {
                tar.putArchiveEntry(header(path, TarConstants.LF_NORMAL, file.content().length, file.mode()));
                tar.write(file.content());
                tar.closeArchiveEntry();
            }
            case LayerEntry.CopiedFile file -> {
                tar.putArchiveEntry(header(path, TarConstants.LF_NORMAL, file.sizeBytes(), file.mode()));
                try (InputStream in = Files.newInputStream(file.source())) {
                    in.transferTo(tar); // fails when the file is not as long as it was when it was added
                }
                tar.closeArchiveEntry();
            }
        }
    }

    private static TarArchiveEntry header(String path, byte type, long sizeBytes, int mode) {
        TarArchiveEntry header = new TarArchiveEntry(path, type);
        header.setSize(sizeBytes);
        header.setMode(mode);
        header.setIds(0, 0);
        header.setNames("", "");
        header.setModTime(0);
        return header;
    }
}
