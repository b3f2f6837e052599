// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ClientErrors;
import net.statemesh.cli.client.RemoteCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code apps copy}: files and folders into a replica and out of it, by the tar of the container. */
@Command(mixinStandardHelpOptions = true)
public final class Copy implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "FROM", description = "Local path, or NAME:/path of an application.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "Local folder, or NAME:/folder of an application.")
    private String to = "";

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    /** {@code NAME:/path}. */
    private record Remote(String application, String path) {}

    public Copy(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Remote source = remote(from);
        Remote sink = remote(to);
        if ((source == null) == (sink == null)) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    "One of FROM and TO must be in an application: NAME:/path.",
                    List.of("FROM is '" + from + "', TO is '" + to + "'"),
                    List.of("statemesh apps copy ./site shop:/tmp", "statemesh apps copy shop:/etc/hosts ."));
        }
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            if (sink != null) {
                up(applications, Path.of(from), sink);
            } else if (source != null) {
                down(applications, source, Path.of(to));
            }
        }
        return 0;
    }

    private void up(Applications applications, Path local, Remote sink) throws IOException {
        if (!Files.exists(local)) {
            throw new StateMeshException(
                    CliErrors.LOCAL_FILE, "'" + local + "' is not there.", List.of(), List.of("check the path"));
        }
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        try (CountedInput archive = CountedInput.of(out -> TarCopy.pack(local, out))) {
            RemoteCommand.Call call =
                    call(applications, sink, archive.commandFor(List.of("tar", "-xf", "-", "-C", sink.path())), true);
            try (RemoteCommand remote =
                            RemoteCommand.start(applications.api(), call, OutputStream.nullOutputStream(), complaints);
                    InputStream content = archive.open()) {
                remote.send(content);
                finish(remote, complaints, sink);
            }
        }
        long files = TarCopy.count(local);
        session.console()
                .done("copied  " + Words.count(files, "file") + " to " + sink.application() + ":" + sink.path());
    }

    private void down(Applications applications, Remote source, Path folder) throws IOException {
        String path = source.path().endsWith("/") && source.path().length() > 1
                ? source.path().substring(0, source.path().length() - 1)
                : source.path();
        int slash = path.lastIndexOf('/');
        String parent = slash == 0 ? "/" : path.substring(0, slash);
        String last = path.substring(slash + 1).isEmpty() ? "." : path.substring(slash + 1);
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        RemoteCommand.Call call =
                call(applications, source, List.of("tar", "-cf", "-", "-C", parent, "--", last), false);
        long files;
        try (TarCopy.Unpacking unpacking = new TarCopy.Unpacking(folder);
                RemoteCommand remote = RemoteCommand.start(applications.api(), call, unpacking.input(), complaints)) {
            finish(remote, complaints, source);
            files = unpacking.finish();
        }
        session.console().done("copied  " + Words.count(files, "file") + " to " + folder);
    }

    private RemoteCommand.Call call(Applications applications, Remote place, List<String> command, boolean input) {
        Logs.Source source = target.choose(applications, applications.find(place.application()));
        return new RemoteCommand.Call(applications.project(), source.pod(), source.container(), command, input, false);
    }

    private static void finish(RemoteCommand remote, ByteArrayOutputStream complaints, Remote place) {
        int code = remote.exitCode();
        if (code != 0) {
            throw new StateMeshException(
                    ClientErrors.INVALID,
                    "tar in '" + place.application() + "' ended with " + code + " at '" + place.path() + "'.",
                    complaints
                            .toString(StandardCharsets.UTF_8)
                            .lines()
                            .limit(20)
                            .toList(),
                    List.of("check the path in the container", "the container needs a tar (busybox has one)"));
        }
    }

    private static @Nullable Remote remote(String text) {
        int colon = text.indexOf(':');
        boolean remote = colon > 0 && colon + 1 < text.length() && text.charAt(colon + 1) == '/';
        return remote ? new Remote(text.substring(0, colon), text.substring(colon + 1)) : null;
    }
}
