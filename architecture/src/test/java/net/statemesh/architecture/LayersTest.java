// SPDX-License-Identifier: Apache-2.0
package net.statemesh.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the arrows of ARCHITECTURE.md: a room may know only the rooms listed beside it. */
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("net.statemesh");

    /** Room (package below net.statemesh) to the rooms it may know. */
    private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("api", List.of()),
            Map.entry("daemon", List.of()),
            Map.entry("vdf", List.of()),
            Map.entry("evm", List.of("vdf")),
            Map.entry("anvil", List.of("evm")),
            Map.entry("load", List.of()),
            Map.entry("lachesis", List.of()),
            Map.entry("lachesis.simulator", List.of("lachesis")),
            Map.entry("health", List.of()),
            Map.entry("health.simulator", List.of("health")),
            Map.entry("identity", List.of("api")),
            Map.entry("images", List.of("api")),
            Map.entry("kube", List.of("api", "identity")),
            Map.entry("node", List.of("api", "daemon", "health", "identity")),
            Map.entry("zone", List.of("api", "daemon", "health")),
            Map.entry("ingress", List.of("api", "daemon", "identity")),
            Map.entry("cli", List.of("api", "images", "vdf")),
            Map.entry(
                    "launcher",
                    List.of("api", "daemon", "identity", "images", "kube", "node", "zone", "ingress", "cli", "vdf")));

    @TestFactory
    Stream<DynamicTest> roomsKnowOnlyWhatLiesBelow() {
        return MAY_KNOW.keySet().stream()
                .sorted()
                .map(room -> DynamicTest.dynamicTest(
                        room,
                        () -> noClasses()
                                .that()
                                .resideInAPackage("net.statemesh." + room + "..")
                                .and()
                                .resideOutsideOfPackages(roomsInside(room))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(forbiddenTo(room))
                                .allowEmptyShould(true)
                                .check(CLASSES)));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("net.statemesh.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noDrawerPackages() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..manager..", "..impl..")
                .check(CLASSES);
    }

    /** A room that is a package of another room's is a room of its own. */
    private static String[] roomsInside(String room) {
        return MAY_KNOW.keySet().stream()
                .filter(other -> other.startsWith(room + "."))
                .map(other -> "net.statemesh." + other + "..")
                .toArray(String[]::new);
    }

    private static String[] forbiddenTo(String room) {
        List<String> allowed = MAY_KNOW.getOrDefault(room, List.of());
        return MAY_KNOW.keySet().stream()
                .filter(other -> !other.equals(room) && !allowed.contains(other))
                .map(other -> "net.statemesh." + other + "..")
                .toArray(String[]::new);
    }
}
