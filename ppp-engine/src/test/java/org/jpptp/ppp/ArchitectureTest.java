package org.jpptp.ppp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Timer;

/** What keeps the machines machines (docs/architecture.md). */
@AnalyzeClasses(packages = "org.jpptp.ppp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule DEPENDS_ON_LITTLE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.netty.buffer..",
                    "org.bouncycastle..",
                    "org.jspecify.annotations..",
                    "org.jpptp.ppp..");

    @ArchTest
    static final ArchRule CRYPTOGRAPHY_STAYS_WHERE_IT_BELONGS = noClasses()
            .that()
            .resideOutsideOfPackages("org.jpptp.ppp.auth..", "org.jpptp.ppp.mppe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule TIME_AND_CHANCE_ARE_HANDED_IN = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Timer.class, Random.class, SecureRandom.class, Clock.class);

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching("org.jpptp.(**)").should().beFreeOfCycles();
}
