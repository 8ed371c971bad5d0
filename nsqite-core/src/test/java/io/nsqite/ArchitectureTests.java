package io.nsqite;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.nsqite.error.NsqiteException;
import io.nsqite.message.DeliveryLostException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What keeps the module in shape: levels, no circles, no foreign libraries, time and threads that tests can drive. */
class ArchitectureTests {

    /** Each package with those that it may use: what lies on a lower level. */
    private static final Map<String, Set<String>> LEVELS = levels(
            Set.of("error", "message", "retry", "jdbc"),
            Set.of("sqlite", "wakeup"),
            Set.of("schema", "store", "bus"),
            Set.of("database"),
            Set.of("owner"),
            Set.of("producer", "consumer", "maintenance", "admin"),
            Set.of("pull"),
            Set.of("nsqite"));

    /** Who waits for SQLite's one writer, with care; any other park is a sleep under another name. */
    private static final Set<String> PARKING = Set.of(
            "io.nsqite.sqlite.WritePermit",
            "io.nsqite.sqlite.Turnstile",
            "io.nsqite.sqlite.Patience",
            "io.nsqite.database.Caller");

    private static final Set<String> HANDLERS_THROW =
            Set.of("io.nsqite.retry.RetryAfterException", "io.nsqite.consumer.BatchElementFailedException");

    private static JavaClasses main;
    private static JavaClasses all;

    @SafeVarargs
    private static Map<String, Set<String>> levels(Set<String>... levels) {
        Map<String, Set<String>> lower = new LinkedHashMap<>();
        Set<String> below = Set.of();
        for (Set<String> level : levels) {
            for (String name : level) {
                lower.put(name, below);
            }
            Set<String> all = new TreeSet<>(below);
            all.addAll(level);
            below = all;
        }
        return lower;
    }

    @BeforeAll
    static void read() {
        all = new ClassFileImporter().importPackages("io.nsqite");
        main = all.that(describe("are no tests", type -> !isTest(type)));
        assertThat(main).hasSizeGreaterThan(100);
        assertThat(all).hasSizeGreaterThan(main.size());
    }

    private static boolean isTest(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri().getPath().contains("/test-classes/"))
                .orElse(false);
    }

    @Test
    void aPackageUsesOnlyPackagesOfLowerLevels() {
        LayeredArchitecture levels = layeredArchitecture().consideringOnlyDependenciesInAnyPackage("io.nsqite..");
        for (String name : LEVELS.keySet()) {
            levels = levels.layer(name).definedBy(name.equals("nsqite") ? "io.nsqite" : "io.nsqite." + name);
        }
        for (Map.Entry<String, Set<String>> level : LEVELS.entrySet()) {
            String[] lower = level.getValue().toArray(String[]::new);
            levels = lower.length == 0
                    ? levels.whereLayer(level.getKey()).mayNotAccessAnyLayer()
                    : levels.whereLayer(level.getKey()).mayOnlyAccessLayers(lower);
        }
        levels.ensureAllClassesAreContainedInArchitecture().check(main);
    }

    @Test
    void theBusKnowsNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage("io.nsqite.bus..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..", "io.nsqite.jdbc..", "io.nsqite.sqlite.."))
                .check(main);
    }

    @Test
    void noPackagesFormACircle() {
        slices().matching("io.nsqite.(*)..").should().beFreeOfCycles().check(main);
    }

    @Test
    void theCoreNeedsTheJdkAndTwoSmallLibrariesOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax.sql..", "org.slf4j..", "org.jspecify..", "io.nsqite.."))
                .check(main);
    }

    /** Those of handlers are no exceptions of the queue's; the other bases are the contract's. */
    @Test
    void uncheckedExceptionsThatUsersGetHaveOneBase() {
        classes()
                .that()
                .areAssignableTo(RuntimeException.class)
                .and()
                .arePublic()
                .and(describe("are not thrown by handlers", type -> !HANDLERS_THROW.contains(type.getName())))
                .should()
                .beAssignableTo(NsqiteException.class)
                .orShould()
                .be(DeliveryLostException.class)
                .check(main);
    }

    @Test
    void theWallClockIsAskedThroughASourceOnly() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethodWhere(target("a system clock", Clock.class, "system"))
                .check(main);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(target("a sleep", Thread.class, "sleep"))
                .orShould()
                .callMethodWhere(target("a sleep", TimeUnit.class, "sleep"))
                .check(all);
    }

    @Test
    void onlyWaitersForATurnToWritePark() {
        noClasses()
                .that(describe("do not wait for a turn to write", type -> !PARKING.contains(type.getFullName())))
                .should()
                .callMethodWhere(target("a park", LockSupport.class, "park"))
                .check(all);
    }

    private static DescribedPredicate<JavaAccess<?>> target(String what, Class<?> owner, String prefix) {
        return describe(
                "calls " + what,
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getTarget().getName().startsWith(prefix));
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : main) {
            JavaPackage itsPackage = type.getPackage();
            if (!itsPackage.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(itsPackage.getName());
            }
        }
        assertThat(unmarked).as("packages whose package-info lacks @NullMarked").isEmpty();
    }

    @Test
    void namesAreWordsOfTheDomain() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Impl)(\\$.*)?")
                .check(all);
    }
}
