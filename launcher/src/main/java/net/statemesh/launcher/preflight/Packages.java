// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.preflight;

import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.process.Command;

/** The packages of this machine. */
public final class Packages {
    private static final int EVIDENCE_LINES = 8;

    private final String searchPath;

    /**
     * Looks for programs.
     *
     * @param searchPath as in the environment variable PATH
     */
    public Packages(String searchPath) {
        this.searchPath = searchPath;
    }

    public List<RequiredPackage> missing() {
        return RequiredPackage.ALL.stream()
                .filter(required -> !required.missing(searchPath).isEmpty())
                .toList();
    }

    /** {@link LauncherErrors#PACKAGES_MISSING} that lists them, for those who install by themselves. */
    public StateMeshException refusal(List<RequiredPackage> missing) {
        String names =
                String.join(" ", missing.stream().map(RequiredPackage::name).toList());
        return new StateMeshException(
                LauncherErrors.PACKAGES_MISSING,
                "packages are missing: " + names + ".",
                missing.stream()
                        .map(required -> required.name() + ": no " + String.join(", ", required.missing(searchPath))
                                + " in "
                                + (required.folders().isEmpty()
                                        ? "PATH (" + searchPath + ")"
                                        : String.join(", ", required.folders())))
                        .toList(),
                List.of("apt-get install -y --no-install-recommends " + names, "or leave out --no-install"));
    }

    /** Installs them with apt-get; {@link LauncherErrors#INSTALL_FAILED} when that does not bring every program. */
    public void install(List<RequiredPackage> missing) {
        if (!Command.attempt(List.of("apt-get", "--version")).succeeded()) {
            throw refusal(missing);
        }
        List<String> names = missing.stream().map(RequiredPackage::name).toList();
        Command.Result result = apt(names);
        if (!result.succeeded()) {
            Command.attempt(List.of("apt-get", "update", "-qq"));
            result = apt(names);
        }
        List<RequiredPackage> still = missing();
        if (!result.succeeded() || !still.isEmpty()) {
            List<String> lines = result.output().lines().toList();
            throw new StateMeshException(
                    LauncherErrors.INSTALL_FAILED,
                    "apt-get could not install " + String.join(" ", names) + ".",
                    lines.subList(Math.max(0, lines.size() - EVIDENCE_LINES), lines.size()),
                    List.of("apt-get update && apt-get install " + String.join(" ", names)));
        }
    }

    private static Command.Result apt(List<String> names) {
        List<String> command = new ArrayList<>(List.of(
                "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends"));
        command.addAll(names);
        return Command.attempt(command);
    }

    /** Name and version of the packages that matter most, for the progress line. */
    public static List<String> versions(List<String> names) {
        List<String> command = new ArrayList<>(List.of("dpkg-query", "-W", "-f", "${Package} ${Version}\\n"));
        command.addAll(names);
        // 1.6.20~ds1-1+deb12u3 → 1.6.20
        return Command.attempt(command)
                .output()
                .lines()
                .filter(line -> line.matches("[a-z0-9.+-]+ \\d.*"))
                .map(line -> line.replaceFirst("( (?:\\d+:)?[0-9.]*[0-9]).*", "$1"))
                .toList();
    }
}
