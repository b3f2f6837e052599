// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagesTest {
    @TempDir
    Path folder;

    @Test
    void packageIsMissingWhenOneOfItsProgramsIsNotOnThePath() throws IOException {
        program("containerd");
        Packages packages = new Packages(folder.toString());
        assertThat(packages.missing()).extracting(RequiredPackage::name).contains("containerd", "runc");

        program("containerd-shim-runc-v2");
        assertThat(packages.missing())
                .extracting(RequiredPackage::name)
                .doesNotContain("containerd")
                .contains("runc");
    }

    @Test
    void refusalListsEachPackageWithWhatIsMissingAndTheCommandThatInstallsIt() {
        Packages packages = new Packages(folder.toString());
        StateMeshException refusal = packages.refusal(List.of(RequiredPackage.ALL.getFirst()));
        assertThat(refusal.code()).isEqualTo(LauncherErrors.PACKAGES_MISSING);
        assertThat(refusal.sentence()).contains("containerd");
        assertThat(refusal.evidence().getFirst())
                .contains("containerd-shim-runc-v2")
                .contains(folder.toString());
        assertThat(refusal.next().getFirst()).startsWith("apt-get install").endsWith(" containerd");
    }

    @Test
    void emptyPathFindsNothingInTheCurrentFolder() {
        assertThat(new Packages("").missing()).extracting(RequiredPackage::name).contains("containerd");
    }

    private void program(String name) throws IOException {
        Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
