package org.jpptp.ppp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Timer;
import org.jpptp.ppp.fsm.FsmOutput;

/** What keeps the machines machines (docs/architecture.md). */
@AnalyzeClasses(packages = "org.jpptp.ppp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final int FLAGS = 3;

    @ArchTest
    static final ArchRule dependsOnLittle = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.netty.buffer..",
                    "org.bouncycastle..",
                    "org.jspecify.annotations..",
                    "org.jpptp.ppp..");

    @ArchTest
    static final ArchRule cryptographyStaysWhereItBelongs = noClasses()
            .that()
            .resideOutsideOfPackages("org.jpptp.ppp.auth..", "org.jpptp.ppp.mppe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule timeAndChanceAreHandedIn = noClasses()
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
    static final ArchRule packagesFormNoCircle =
            slices().matching("org.jpptp.(**)").should().beFreeOfCycles();

    /** Each flag more doubles the states that a reader has to think of: what goes together is a state with its data. */
    @ArchTest
    static final ArchRule flagsDoNotMultiply = classes()
            .that()
            // What a data path is told of is independent of one another.
            .haveSimpleNameNotEndingWith("Path")
            .should(haveFewFlags());

    @ArchTest
    static final ArchRule layersHaveOneKindOfOutput =
            classes().that().implement(FsmOutput.class).should().beAssignableTo("org.jpptp.ppp.link.LayerOutput");

    private static ArchCondition<JavaClass> haveFewFlags() {
        return new ArchCondition<>("have at most " + FLAGS + " flags") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                long flags = item.getFields().stream()
                        .filter(field -> field.getRawType().isEquivalentTo(boolean.class)
                                && !field.getModifiers().contains(JavaModifier.FINAL))
                        .count();
                if (flags > FLAGS) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " has " + flags + " flags"));
                }
            }
        };
    }
}
