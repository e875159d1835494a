package org.jpptp.gre;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Timer;
import java.util.concurrent.ExecutorService;

@AnalyzeClasses(packages = "org.jpptp.gre", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] MACHINES = {"org.jpptp.gre", "org.jpptp.gre.wire"};

    @ArchTest
    static final ArchRule machinesKnowBuffersAtMost = classes()
            .that()
            .resideInAnyPackage(MACHINES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "io.netty.buffer", "org.jspecify.annotations", "org.jpptp.gre", "org.jpptp.gre.wire");

    @ArchTest
    static final ArchRule formatsKnowNoMachine = noClasses()
            .that()
            .resideInAPackage("org.jpptp.gre.wire")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jpptp.gre");

    @ArchTest
    static final ArchRule nativeCodeIsCalledInLinuxOnly = noClasses()
            .that()
            .resideOutsideOfPackages("org.jpptp.gre.linux", "org.jpptp.gre.io")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule eventLoopsAreKnownAtTheEdgesOnly = noClasses()
            .that()
            .resideOutsideOfPackages("org.jpptp.gre.linux", "org.jpptp.gre.io")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.channel..");

    @ArchTest
    static final ArchRule machinesHaveNoClock = noClasses()
            .that()
            .resideInAnyPackage(MACHINES)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Instant.class);

    @ArchTest
    static final ArchRule machinesHaveNeitherThreadNorChance = noClasses()
            .that()
            .resideInAnyPackage(MACHINES)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Timer.class, ExecutorService.class, Random.class);

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("org.jpptp.(**)").should().beFreeOfCycles();
}
