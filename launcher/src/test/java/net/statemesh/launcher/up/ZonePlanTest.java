// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import net.statemesh.api.error.ErrorCode;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.folder.ZoneRecord;
import org.junit.jupiter.api.Test;

class ZonePlanTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    @Test
    void withoutOptionsAZoneHasThreeNodesAndTheUsualPorts() {
        ZoneRecord zone = ZonePlan.fresh(options(NONE, NONE, NONE), 64, 6440);
        assertThat(zone.nodeNames()).containsExactly("node-1", "node-2", "node-3");
        assertThat(zone.httpsPort()).isEqualTo(8443);
        assertThat(zone.httpPort()).isEqualTo(8080);
        assertThat(zone.registry()).isEqualTo("10.64.0.1:5000");
        assertThat(zone.apiUrl()).isEqualTo("https://127.0.0.1:6440");
    }

    @Test
    void numbersOutOfRangeAreRefusedByName() {
        assertRefused(options(OptionalInt.of(0), NONE, NONE), "--nodes '0'");
        assertRefused(options(OptionalInt.of(-3), NONE, NONE), "--nodes '-3'");
        assertRefused(options(OptionalInt.of(21), NONE, NONE), "--nodes '21'");
        assertRefused(options(NONE, OptionalInt.of(0), NONE), "--https-port '0'");
        assertRefused(options(NONE, NONE, OptionalInt.of(65_536)), "--http-port '65536'");
        assertRefused(options(NONE, OptionalInt.of(8080), NONE), "--http-port '8080'");
    }

    @Test
    void nameThatIsNoDnsLabelIsRefused() {
        assertRefused(new UpOptions("Local_1", NONE, List.of(), NONE, NONE, true, true), "--zone 'Local_1'");
    }

    @Test
    void operatorsBringTheNodesInTurn() {
        ZoneRecord usual = ZonePlan.fresh(options(NONE, NONE, NONE), 64, 6440);
        assertThat(usual.nodes()).allMatch(node -> usual.operatorOf(node).equals("local"));
        ZoneRecord shared = ZonePlan.fresh(broughtBy("alice", "bob"), 64, 6440);
        assertThat(shared.nodes()).extracting(shared::operatorOf).containsExactly("alice", "bob", "alice");
        ZonePlan.check(broughtBy("alice", "bob"));
        assertRefused(broughtBy("alice", "b b"), "--operators 'b b'");
        ZonePlan.refuseChanges(shared, options(NONE, NONE, NONE));
        assertThatExceptionOfType(StateMeshException.class)
                .isThrownBy(() -> ZonePlan.refuseChanges(shared, broughtBy("carol")))
                .withMessageContaining("--operators alice,bob, not carol");
    }

    @Test
    void folderWhoseSocketsWouldHaveTooLongNamesIsRefused() {
        ZonePlan.checkFolder(Path.of("/" + "a".repeat(71)));
        assertThatExceptionOfType(StateMeshException.class)
                .isThrownBy(() -> ZonePlan.checkFolder(Path.of("/" + "a".repeat(72))))
                .withMessageContaining("--data");
        assertThatExceptionOfType(StateMeshException.class)
                .isThrownBy(() -> ZonePlan.checkFolder(Path.of("/run/zone")))
                .withMessageContaining("/run/zone");
    }

    @Test
    void existingZoneRefusesOtherNumbersAndTakesItsOwn() {
        ZoneRecord zone = ZonePlan.fresh(options(NONE, NONE, NONE), 64, 6440);
        ZonePlan.refuseChanges(zone, options(OptionalInt.of(3), OptionalInt.of(8443), NONE));
        assertThatExceptionOfType(StateMeshException.class)
                .isThrownBy(() -> ZonePlan.refuseChanges(zone, options(OptionalInt.of(5), NONE, NONE)))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(LauncherErrors.ZONE_DIFFERS))
                .withMessageContaining("--nodes 3, not 5");
    }

    private static UpOptions options(OptionalInt nodes, OptionalInt https, OptionalInt http) {
        return new UpOptions("local-1", nodes, List.of(), https, http, true, true);
    }

    private static UpOptions broughtBy(String... operators) {
        return new UpOptions("local-1", NONE, List.of(operators), NONE, NONE, true, true);
    }

    private static void assertRefused(UpOptions options, String named) {
        ErrorCode expected = LauncherErrors.BAD_OPTION;
        assertThatExceptionOfType(StateMeshException.class)
                .isThrownBy(() -> ZonePlan.check(options))
                .withMessageContaining(named)
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(expected);
                    assertThat(refusal.evidence().getFirst()).startsWith("accepted: ");
                });
    }
}
