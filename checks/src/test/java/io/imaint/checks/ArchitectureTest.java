package io.imaint.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.imaint.kernel.http.Route;
import io.imaint.store.CollectionType;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: the modules know each other only as ARCHITECTURE.md says. Method: the compiled classes' dependencies. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.imaint");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kernel      | ",
                "simulator   | kernel",
                "store       | kernel",
                "integration | kernel store",
                "gateway     | kernel",
                "services    | kernel store"
            })
    void modulesKnowOnlyTheirNeeds(String module, String needs) {
        var allowed = needs == null ? List.<String>of() : List.of(needs.split(" ", -1));
        var forbidden = List.of("kernel", "simulator", "store", "integration", "gateway", "services", "app").stream()
                .filter(other -> !other.equals(module) && !allowed.contains(other))
                .map(other -> "io.imaint." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.imaint." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .because("stages meet through data; move the shared word to kernel, or pass the data through the store")
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.sql.. org.sqlite.. com.mongodb.. org.bson.. redis.clients.. | store",
                "io.helidon.webclient.. | integration services",
                "jakarta.mail.. org.eclipse.angus.. com.interaso.. de.siegmar.. | services",
                "com.password4j.. com.nulabinc.. | services",
                "com.nimbusds.. | services gateway",
                "io.netty.. org.mozilla.. com.jayway.. | gateway",
                "com.github.benmanes.. | gateway kernel integration",
                "com.rabbitmq.. | integration",
                "org.eclipse.jetty.. | kernel",
                "picocli.. | app",
                "io.micrometer.. | kernel app store integration services"
            })
    void librariesStayBehindTheirModule(String libraries, String owners) {
        var owning = List.of(owners.split(" ", -1)).stream()
                .map(owner -> "io.imaint." + owner + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(owning)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries.split(" ", -1))
                .because("only " + owners + " may know it; ask for a word in that module instead")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.imaint.(**)")
                .should()
                .beFreeOfCycles()
                .because(
                        "the later package knows the earlier one; if the earlier must hear of the later, it owns an interface")
                .check(CLASSES);
    }

    @Test
    void servicesDoNotKnowEachOther() {
        slices().matching("io.imaint.services.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        resideInAnyPackage("io.imaint.services.auth..", "io.imaint.services.oidc.."),
                        resideInAnyPackage("io.imaint.services.user..", "io.imaint.services.auth.."))
                .ignoreDependency(
                        resideInAnyPackage("io.imaint.services.settings.."),
                        resideInAnyPackage("io.imaint.services.user.."))
                .ignoreDependency(
                        resideInAnyPackage("io.imaint.services.preferences..", "io.imaint.services.workorder.."),
                        resideInAnyPackage("io.imaint.services.settings.."))
                .ignoreDependency(
                        resideInAnyPackage(
                                "io.imaint.services.workorder..", "io.imaint.services.masterconfiguration.."),
                        resideInAnyPackage("io.imaint.services.command.."))
                .because(
                        "services meet through the store; only sign-in and settings know what a user is,"
                                + " preferences are settings, settings limit what is entered, and all commands to SAP are taken in one way")
                .check(CLASSES);
    }

    @Test
    void routesOfServicesReadOnlyWhatTheirCallerMaySee() {
        noFields()
                .that()
                .areDeclaredInClassesThat(describe(
                        "offer routes of services",
                        type -> type.getPackageName().startsWith("io.imaint.services.")
                                && type.getDirectDependenciesFromSelf().stream()
                                        .anyMatch(use -> use.getTargetClass().isEquivalentTo(Route.class))))
                .should()
                .haveRawType(io.imaint.store.Documents.class)
                .because(
                        "documents in a field are the same for all callers; take them from store.as(caller) in the handler")
                .check(CLASSES);
    }

    @Test
    void everyCollectionSaysToWhichPlantsItsDocumentsBelong() {
        var declared = CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(CollectionType.class)
                        && field.getModifiers().contains(JavaModifier.STATIC))
                .map(field -> value(field.reflect()))
                .toList();
        assertThat(declared).hasSizeGreaterThan(40);
        assertThat(declared)
                .as("declare .plant(field), or .unscoped(reason)")
                .filteredOn(type -> !type.scopeDeclared())
                .isEmpty();
    }

    private static CollectionType<?> value(Field field) {
        try {
            field.setAccessible(true);
            return (CollectionType<?>) field.get(null);
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .should(new ArchCondition<JavaClass>("have a name that says what it is") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean vague = type.getSimpleName().matches(".*(Impl|Utils?|Helper|Manager|Common)$")
                                || type.getPackageName()
                                        .matches(".*\\.(impl|internal|utils?|common|helper|manager)(\\..*)?");
                        if (vague) {
                            events.add(SimpleConditionEvent.violated(
                                    type, type.getName() + " is vague: name it after what it is or does"));
                        }
                    }
                })
                .check(CLASSES);
    }

    @Test
    void accessorsAreNamedAfterWhatTheyReturn() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.imaint..")
                .and(areNotGivenByALibrary())
                .should()
                .haveNameNotMatching("get[A-Z].*")
                .because("an accessor is named after what it returns, without get")
                .check(CLASSES);
    }

    /** What a library's type or the JDK's prescribes has its name from there. */
    private static DescribedPredicate<JavaMethod> areNotGivenByALibrary() {
        return DescribedPredicate.describe(
                "are not given by a library",
                method -> Stream.concat(
                                method.getOwner().getAllRawSuperclasses().stream(),
                                method.getOwner().getAllRawInterfaces().stream())
                        .filter(type -> !type.getPackageName().startsWith("io.imaint"))
                        .noneMatch(type -> type.getMethods().stream()
                                .anyMatch(other -> other.getName().equals(method.getName()))));
    }

    @Test
    void publicTypesHaveACallerOutsideTheirPackage() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .areNotAnnotations() // Where records use them the class files do not say so.
                .and()
                .doNotHaveSimpleName("package-info")
                .should(new ArchCondition<JavaClass>("have a caller outside their package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean called = type.getDirectDependenciesToSelf().stream()
                                .anyMatch(use ->
                                        !use.getOriginClass().getPackageName().equals(type.getPackageName()));
                        if (!called && !exposedByItsPackage(type)) {
                            events.add(SimpleConditionEvent.violated(
                                    type, type.getName() + " is public without need: make it package-private"));
                        }
                    }
                })
                .check(CLASSES);
    }

    /** What a public type's signature names must be public as well, even when nobody outside names it in code. */
    private static boolean exposedByItsPackage(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .map(use -> use.getOriginClass())
                .anyMatch(user -> user.getModifiers().contains(JavaModifier.PUBLIC) && !user.equals(type));
    }
}
