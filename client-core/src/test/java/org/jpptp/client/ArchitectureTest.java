package org.jpptp.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jpptp.client.diagnosis.LoggedVerdict;
import org.jpptp.client.explain.evidence.OwnVerdict;

/** Pure machines in the middle, input and output only at the edge: of this module and of those that it joins. */
@AnalyzeClasses(packages = "org.jpptp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> NETTY_BEYOND_BUFFERS = resideInAPackage("io.netty..")
            .and(DescribedPredicate.not(resideInAPackage("io.netty.buffer..")))
            .as("Netty other than its buffers");

    @ArchTest
    static final ArchRule nativeCallsLiveInLinuxPackages = noClasses()
            .that()
            .resideOutsideOfPackages("..linux..", "org.jpptp.gre.io")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule nettyLivesAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("..netty..", "..linux..", "..io..")
            .should()
            .dependOnClassesThat(NETTY_BEYOND_BUFFERS);

    /** Whatever a tunnel wants of the system, it asks its host. */
    @ArchTest
    static final ArchRule tunnelsDoNotKnowWhichSystemTheyAreOn = noClasses()
            .that()
            .resideInAnyPackage("org.jpptp.client..", "org.jpptp.control..", "org.jpptp.gre..", "org.jpptp.ppp..")
            .and()
            .resideOutsideOfPackage("..linux..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.jpptp..linux.."));

    /** So that whole tunnels run in virtual time. */
    @ArchTest
    static final ArchRule onlyTheHostHasClockAndChance = noClasses()
            .that()
            .resideInAPackage("org.jpptp.client..")
            .and()
            .resideOutsideOfPackage("..linux..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat(assignableTo(java.util.Random.class));

    /** SecureRandom is a Random. */
    @ArchTest
    static final ArchRule machinesAreGivenTimeThreadsAndChance = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.jpptp.client.session..",
                    "org.jpptp.control",
                    "org.jpptp.control.wire..",
                    "org.jpptp.gre",
                    "org.jpptp.gre.wire..",
                    "org.jpptp.ppp..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat(assignableTo(Thread.class)
                    .or(assignableTo(java.util.Timer.class))
                    .or(assignableTo(java.util.Random.class)))
            .allowEmptyShould(true);

    /** What a user is told is worded in one place; everybody else hands on facts. */
    @ArchTest
    static final ArchRule failuresAreWordedByTheDiagnosisOnly = noClasses()
            .that()
            .resideInAPackage("org.jpptp.client..")
            .and()
            .resideOutsideOfPackage("org.jpptp.client.diagnosis")
            .and()
            .doNotHaveFullyQualifiedName("org.jpptp.client.Failure")
            .should()
            .callConstructor(Failure.class, FailureReason.class, String.class, Remedy.class, int.class)
            .orShould()
            .callMethod(Failure.class, "of", FailureReason.class, String.class, String.class)
            .orShould()
            .callMethod(Failure.class, "of", FailureReason.class, String.class, Remedy.class)
            .orShould()
            .callConstructor(LoggedVerdict.class, FailureReason.class, int.class, String.class, String.class);

    /** Readers of logs hand on what a program of ours has said, and facts of all others. */
    @ArchTest
    static final ArchRule logsAreWordedByTheDiagnosisToo = noClasses()
            .that()
            .resideInAPackage("org.jpptp.client.explain..")
            .and()
            .doNotHaveSimpleName("OwnVerdict")
            .and()
            .doNotHaveSimpleName("JpptpDialect")
            .and()
            .doNotHaveSimpleName("LogCalls")
            .should()
            .callConstructor(OwnVerdict.class, String.class, int.class, String.class, String.class);

    @ArchTest
    static final ArchRule leavesDoNotKnowOneAnother =
            slices().matching("org.jpptp.(control|gre|ppp)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule leavesDoNotKnowWhoJoinsThem = noClasses()
            .that()
            .resideInAnyPackage("org.jpptp.control..", "org.jpptp.gre..", "org.jpptp.ppp..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.jpptp.client..", "org.jpptp.lab..", "org.jpptp.cli.."));

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("org.jpptp.(**)").should().beFreeOfCycles();
}
