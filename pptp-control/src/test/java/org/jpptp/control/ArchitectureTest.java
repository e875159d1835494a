package org.jpptp.control;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** Keeps machines pure: no Netty but its buffers, no clock, no thread, no chance of their own. */
@AnalyzeClasses(packages = "org.jpptp", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule messagesKnowOctetsOnly = classes()
            .that()
            .resideInAPackage("org.jpptp.control.wire")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.nio.charset",
                    "io.netty.buffer",
                    "org.jpptp.control.wire",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule machinesKnowMessagesOnly = classes()
            .that()
            .resideInAPackage("org.jpptp.control")
            // The transport is the edge, and knows its own end.
            .and()
            .doNotBelongToAnyOf(ControlTransport.class)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.time",
                    "io.netty.buffer",
                    "org.jpptp.control",
                    "org.jpptp.control.wire",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule theEdgeKnowsNoMessages = noClasses()
            .that()
            .resideInAPackage("org.jpptp.control.netty")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jpptp.control.wire");

    @ArchTest
    static final ArchRule timeIsHandedIn = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Instant.class);

    @ArchTest
    static final ArchRule threadsAndChanceStayOutside = noClasses()
            .that()
            .resideOutsideOfPackage("..netty..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.Thread|java\\.util\\.(Timer|TimerTask|Random|concurrent\\..*)"
                    + "|java\\.security\\.SecureRandom");

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("org.jpptp.(**)").should().beFreeOfCycles();
}
