package io.nsqite.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Micrometer is optional, so few know it, and those that know it are known by their auto-configurations only. */
@AnalyzeClasses(packages = "io.nsqite.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class MicrometerBoundaryTests {

    private static final String[] PACKAGES = {"io.nsqite.spring.metrics..", "io.nsqite.spring.observation.."};
    private static final String CONFIGURATIONS = "(Nsqite(Metrics|BusMetrics)Auto|Observation)Configuration";

    @ArchTest
    static final ArchRule ONLY_METRICS_AND_OBSERVATIONS_KNOW_IT = noClasses()
            .that()
            .resideOutsideOfPackages(PACKAGES)
            .and()
            .haveNameNotMatching(".*" + CONFIGURATIONS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule ONLY_THEIR_CONFIGURATIONS_KNOW_THEM = noClasses()
            .that()
            .resideOutsideOfPackages(PACKAGES)
            .and()
            .haveNameNotMatching(".*" + CONFIGURATIONS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PACKAGES);
}
