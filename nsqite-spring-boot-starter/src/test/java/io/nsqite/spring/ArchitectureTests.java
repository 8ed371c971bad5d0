package io.nsqite.spring;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.nsqite.error.NsqiteException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;

@AnalyzeClasses(packages = "io.nsqite.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule PACKAGES_FORM_LEVELS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("contract")
            .definedBy("io.nsqite.spring")
            .layer("hook")
            .definedBy("io.nsqite.spring.hook")
            .layer("payload")
            .definedBy("io.nsqite.spring.payload")
            .layer("datasource")
            .definedBy("io.nsqite.spring.datasource")
            .layer("translation")
            .definedBy("io.nsqite.spring.translation")
            .layer("transaction")
            .definedBy("io.nsqite.spring.transaction")
            .layer("handler")
            .definedBy("io.nsqite.spring.handler")
            .layer("listener")
            .definedBy("io.nsqite.spring.listener")
            .layer("bus")
            .definedBy("io.nsqite.spring.bus")
            .layer("remote")
            .definedBy("io.nsqite.spring.remote")
            .layer("http")
            .definedBy("io.nsqite.spring.http")
            .layer("webhook")
            .definedBy("io.nsqite.spring.webhook")
            .layer("actuate")
            .definedBy("io.nsqite.spring.actuate")
            .layer("autoconfigure")
            .definedBy("io.nsqite.spring.autoconfigure")
            .layer("aot")
            .definedBy("io.nsqite.spring.aot")
            .layer("test")
            .definedBy("io.nsqite.spring.test")
            .whereLayer("test")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("aot")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("autoconfigure")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("webhook")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("remote")
            .mayOnlyBeAccessedByLayers("listener", "http", "webhook", "autoconfigure")
            .whereLayer("actuate")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("bus")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("listener")
            .mayOnlyBeAccessedByLayers("bus", "autoconfigure")
            .whereLayer("handler")
            .mayOnlyBeAccessedByLayers("listener", "bus", "autoconfigure")
            .whereLayer("transaction")
            .mayOnlyBeAccessedByLayers("listener", "autoconfigure")
            .whereLayer("translation")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("hook")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("payload")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("datasource")
            .mayOnlyBeAccessedByLayers("autoconfigure", "test");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("io.nsqite.spring.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_JSON_CLASSES_KNOW_JACKSON = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("JsonPayload")
            .and()
            .resideOutsideOfPackages("io.nsqite.spring.remote", "io.nsqite.spring.http", "io.nsqite.spring.webhook")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml..");

    @ArchTest
    static final ArchRule ONLY_HTTP_AND_WEBHOOKS_KNOW_THE_WEB = noClasses()
            .that()
            .resideOutsideOfPackages("io.nsqite.spring.http", "io.nsqite.spring.webhook")
            .and()
            .haveNameNotMatching(".*NsqiteHttpAutoConfiguration.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule ONLY_THE_POOL_REPAIR_KNOWS_HIKARI = noClasses()
            .that()
            .doNotHaveSimpleName("SqlitePoolRepair")
            .and()
            .doNotHaveSimpleName("PoolRepairConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.zaxxer..");

    /** But for what is served through, and sent by, HTTP. */
    @ArchTest
    static final ArchRule NOBODY_ELSE_KNOWS_THE_WEB_OR_JAKARTA = noClasses()
            .that()
            .resideOutsideOfPackages("io.nsqite.spring.http..", "io.nsqite.spring.webhook..")
            .and()
            .haveNameNotMatching(".*NsqiteHttpAutoConfiguration(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "jakarta..");

    @ArchTest
    static final ArchRule ONE_CLASS_KNOWS_THE_DRIVER = noClasses()
            .that()
            .doNotHaveSimpleName("DriverErrors")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.sqlite..");

    /** By reflection, as the base is of another module. */
    @ArchTest
    static void exceptionsHaveOneBase(JavaClasses all) {
        List<? extends Class<?>> exceptions = all.stream()
                .filter(type -> type.getSimpleName().endsWith("Exception"))
                .map(JavaClass::reflect)
                .toList();
        assertThat(exceptions)
                .hasSizeGreaterThan(3)
                .allSatisfy(exception -> assertThat(exception).isAssignableTo(NsqiteException.class));
    }

    @ArchTest
    static final ArchRule AUTO_CONFIGURATIONS_ARE_PUBLIC_AND_FINAL = classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule AUTO_CONFIGURATIONS_HAVE_NO_PUBLIC_METHODS = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule AUTO_CONFIGURATIONS_ARE_MADE_BY_SPRING_ALONE = constructors()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .haveRawParameterTypes(new Class<?>[0]);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().should().haveNameMatching(".*(Utils|Util|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule TIME_HAS_A_SOURCE = noClasses()
            .should(callMethod(System.class, "currentTimeMillis"))
            .orShould(callMethod(Instant.class, "now"))
            .orShould(callMethod(Thread.class, "sleep", long.class));

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(pkg -> assertThat(pkg.isAnnotatedWith(NullMarked.class))
                        .as(pkg.getName())
                        .isTrue());
    }

    @Test
    void testsDontSleep() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages("io.nsqite.spring");
        noClasses().should(callMethod(Thread.class, "sleep", long.class)).check(tests);
    }
}
