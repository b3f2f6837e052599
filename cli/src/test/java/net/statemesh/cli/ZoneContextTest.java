// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.statemesh.cli.ZoneContext.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneContextTest {
    @TempDir
    Path home;

    @Test
    void flagGoesBeforeVariableBeforeFileBeforeDefault() {
        ZoneContext.useZone(home, Path.of("/zones/file"));
        ZoneContext.useProject(home, "shop");
        Map<String, String> variables = Map.of("STATEMESH_DATA", "/zones/variable", "STATEMESH_PROJECT", "web");
        assertThat(context(variables, Path.of("/zones/flag")).data()).contains(new Setting("/zones/flag", "--data"));
        assertThat(context(variables, null).data()).contains(new Setting("/zones/variable", "STATEMESH_DATA"));
        assertThat(context(variables, null).project()).isEqualTo(new Setting("web", "STATEMESH_PROJECT"));
        String file = home.resolve(".statemesh/config.json").toString();
        assertThat(context(Map.of(), null).data()).contains(new Setting("/zones/file", file));
        assertThat(context(Map.of(), null).project()).isEqualTo(new Setting("shop", file));
    }

    @Test
    void withoutAnyZoneSaysHowToGetOne() {
        CommandRun run = CommandRun.of(home, Map.of(), List.of(), "apps", "list");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("""
                error SM-CLI-002: No zone is chosen.
                  no --data, no STATEMESH_DATA, no current zone in %s
                  try: statemesh up · --data DIR
                """.formatted(home.resolve(".statemesh/config.json")));
    }

    @Test
    void folderWithoutAZoneIsNamedWithWhereItCameFrom() {
        CommandRun run = CommandRun.of(home, Map.of("STATEMESH_DATA", home.toString()), List.of(), "apps", "list");
        assertThat(run.err())
                .startsWith("error SM-CLI-002: There is no zone in '" + home + "'.")
                .contains("the folder comes from STATEMESH_DATA");
    }

    @Test
    void showConfigSaysWhereEachValueComesFrom() {
        ZoneContext.useZone(home, home.resolve("zone"));
        CommandRun run = CommandRun.of(home, Map.of(), List.of(), "apps", "list", "--project", "web", "--show-config");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "SETTING VALUE FROM",
                        "data " + home.resolve("zone") + " " + home.resolve(".statemesh/config.json"),
                        "kubeconfig " + home.resolve("zone/kubeconfig") + " data; it is not there",
                        "project web --project");
    }

    @Test
    void newZoneForgetsTheProjectOfTheOldOne() {
        ZoneContext.useZone(home, Path.of("/zones/one"));
        ZoneContext.useProject(home, "shop");
        ZoneContext.useZone(home, Path.of("/zones/two"));
        assertThat(context(Map.of(), null).project().value()).isEqualTo("default");
    }

    @Test
    void forgettingAnotherZoneKeepsTheCurrentOne() {
        ZoneContext.useZone(home, Path.of("/zones/one"));
        ZoneContext.forgetZone(home, Path.of("/zones/two"));
        assertThat(context(Map.of(), null).data()).isPresent();
        ZoneContext.forgetZone(home, Path.of("/zones/one"));
        assertThat(context(Map.of(), null).data()).isEmpty();
    }

    @Test
    void brokenFileIsNamed() throws IOException {
        Path file = ZoneContext.fileIn(home);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{");
        assertThatThrownBy(() -> context(Map.of(), null)).hasMessage("'" + file + "' cannot be read.");
    }

    private ZoneContext context(Map<String, String> variables, Path flag) {
        Environment environment = new Environment(
                variables, home, new ByteArrayInputStream(new byte[0]), System.out, System.err, false, false, false);
        return ZoneContext.resolve(environment, flag);
    }
}
