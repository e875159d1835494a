package org.jpptp.lab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelListener;

@AnalyzeClasses(packages = "org.jpptp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("org.jpptp.(**)").should().beFreeOfCycles();

    /** A time that is stored for others is out of date for whoever is called next. */
    @ArchTest
    static final ArchRule timeIsPassedNotStored = fields().that()
            .haveRawType(long.class)
            .and()
            .haveNameMatching("now|clock|time")
            .should()
            .beFinal();

    /** A listener in the place of another that is forwarded by hand forgets the method that comes next. */
    @ArchTest
    static final ArchRule whoeverHasAListenerBehindHimIsAForwardingListener = noFields()
            .that()
            .haveRawType(TunnelListener.class)
            .should()
            .beDeclaredInClassesThat(
                    assignableTo(TunnelListener.class).and(not(assignableTo(ForwardingListener.class))));
}
