package org.jpptp.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.host.linux.LinuxHost;

@AnalyzeClasses(packages = "org.jpptp.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Through client-core, with the types of ppp-engine that its configuration shows; one class drives a probe. */
    @ArchTest
    static final ArchRule reachesTunnelsThroughTheClient = classes()
            .that()
            .haveNameNotMatching("org\\.jpptp\\.cli\\.(command\\.DemoCommand|service\\.ProbeRun)(\\$.*)?")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.jpptp.cli..",
                    "org.jpptp.client",
                    "org.jpptp.client.anonymous",
                    "org.jpptp.client.capture",
                    "org.jpptp.client.diagnosis",
                    "org.jpptp.client.doctor",
                    "org.jpptp.client.probe",
                    "org.jpptp.client.report",
                    "org.jpptp.client.explain..",
                    "org.jpptp.client.host..",
                    "org.jpptp.client.net",
                    "org.jpptp.client.tunnel",
                    "org.jpptp.client.vendor",
                    "org.jpptp.ppp",
                    "org.jpptp.ppp.text",
                    "picocli",
                    "com.fasterxml.jackson.core..",
                    "org.jspecify.annotations",
                    "javax.xml.stream",
                    "jdk.net",
                    "java..");

    @ArchTest
    static final ArchRule onlyTheDemonstrationKnowsTheLab = noClasses()
            .that()
            .haveNameNotMatching("org\\.jpptp\\.cli\\.command\\.DemoCommand(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jpptp.lab..");

    @ArchTest
    static final ArchRule onlyOneClassKnowsTheClient = noClasses()
            .that()
            .haveNameNotMatching("org\\.jpptp\\.cli\\.service\\.ClientTunnel(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.jpptp.client.tunnel.PptpClient");

    @ArchTest
    static final ArchRule onlyOneClassKnowsWhichSystemThisIs = noClasses()
            .that()
            .haveNameNotMatching("org\\.jpptp\\.cli\\.service\\.ClientTunnel(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jpptp..linux..");

    @ArchTest
    static final ArchRule theSystemIsKnownByItsHostOnly = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.jpptp..linux..")
                    .and(not(type(LinuxHost.class)))
                    .as("classes of a system other than its host"));

    @ArchTest
    static final ArchRule onlyWritersKnowTheJsonLibrary = noClasses()
            .that()
            .haveNameNotMatching("org\\.jpptp\\.cli\\.(view\\.(JsonView|ExplanationJson)|json\\.Json).*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    /** A listener in the place of another that is forwarded by hand forgets the method that comes next. */
    @ArchTest
    static final ArchRule whoeverHasAListenerBehindHimIsAForwardingListener = noFields()
            .that()
            .haveRawType(TunnelListener.class)
            .should()
            .beDeclaredInClassesThat(
                    assignableTo(TunnelListener.class).and(not(assignableTo(ForwardingListener.class))));

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("org.jpptp.(**)").should().beFreeOfCycles();
}
