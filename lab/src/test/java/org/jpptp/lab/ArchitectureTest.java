package org.jpptp.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
}
