// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneFolders;
import org.jspecify.annotations.Nullable;

/** Held by a command that changes a zone, so that two of them never work on one zone; the kernel lets go of it with the process. */
public final class ZoneLock implements AutoCloseable {
    private final FileChannel channel;

    private ZoneLock(FileChannel channel) {
        this.channel = channel;
    }

    public static ZoneLock take(ZoneFolder folder) throws IOException {
        ZoneFolders.ensure(folder);
        FileChannel channel = FileChannel.open(folder.commandLock(), CREATE, WRITE);
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new StateMeshException(
                    LauncherErrors.ZONE_BUSY,
                    "another statemesh command is starting or stopping the zone in " + folder.root() + ".",
                    List.of("it holds " + folder.commandLock()),
                    List.of("wait until it has ended, then try again"));
        }
        return new ZoneLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
