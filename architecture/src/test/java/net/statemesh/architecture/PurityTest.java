// SPDX-License-Identifier: Apache-2.0
package net.statemesh.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Pure rooms have no clock, I/O, threads or randomness of their own: a seed replays any failure. */
class PurityTest {
    private static final String[] PURE_ROOMS = {
        "net.statemesh.vdf..",
        "net.statemesh.evm..",
        "net.statemesh.health..",
        "net.statemesh.lachesis..",
        "net.statemesh.zone.scheduler..",
        "net.statemesh.zone.plan.."
    };
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("net.statemesh");

    @Test
    void pureRoomsDoNoInputOrOutput() {
        pure().dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void pureRoomsHaveNoThreads() {
        pure().dependOnClassesThat(JavaClass.Predicates.assignableTo(Thread.class)
                        .or(JavaClass.Predicates.resideInAPackage("java.util.concurrent"))
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                JavaClass.Predicates.assignableTo(java.util.concurrent.CancellationException.class))))
                .check(CLASSES);
    }

    @Test
    void pureRoomsReadNoClock() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(PURE_ROOMS)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class);
        rule.allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void pureRoomsDrawNoRandomness() {
        pure().dependOnClassesThat(JavaClass.Predicates.assignableTo(Random.class)
                        .or(JavaClass.Predicates.assignableTo(ThreadLocalRandom.class))
                        .or(JavaClass.Predicates.assignableTo(java.security.SecureRandom.class)))
                .check(CLASSES);
    }

    private static com.tngtech.archunit.lang.syntax.elements.ClassesShould pure() {
        return noClasses().that().resideInAnyPackage(PURE_ROOMS).should();
    }
}
