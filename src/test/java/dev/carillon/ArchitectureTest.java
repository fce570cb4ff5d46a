package dev.carillon;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.websocket.server.ServerEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The map of the packages, as rules. The README shows the same map to people. */
@AnalyzeClasses(packages = "dev.carillon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.carillon.";

    /** What each package may import of ours; a package that is not listed may not exist. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("protocol", Set.of()),
            Map.entry("executor", Set.of()),
            Map.entry("metrics", Set.of("protocol")),
            Map.entry("serializer", Set.of("protocol")),
            Map.entry("matching", Set.of("protocol")),
            Map.entry("security", Set.of("protocol", "matching")),
            Map.entry("history", Set.of("protocol", "matching", "security")),
            Map.entry("session", Set.of("protocol", "serializer", "matching", "security", "metrics")),
            Map.entry(
                    "broker",
                    Set.of("session", "protocol", "serializer", "matching", "security", "history", "metrics")),
            Map.entry("dealer", Set.of("session", "protocol", "serializer", "matching", "security", "metrics")),
            Map.entry(
                    "realm",
                    Set.of(
                            "broker",
                            "dealer",
                            "session",
                            "protocol",
                            "serializer",
                            "matching",
                            "security",
                            "history",
                            "metrics",
                            "executor")),
            Map.entry(
                    "router",
                    Set.of(
                            "realm",
                            "broker",
                            "dealer",
                            "session",
                            "protocol",
                            "serializer",
                            "matching",
                            "security",
                            "history",
                            "metrics")),
            Map.entry("transport", upToRouter()),
            Map.entry("topic", upToRouter()),
            Map.entry("notification", upToRouter("executor")),
            Map.entry("client", Set.of("protocol", "serializer")),
            Map.entry("cli", Set.of("remote", "client", "security")),
            Map.entry("remote", Set.of("client", "executor", "security", "serializer", "protocol")),
            Map.entry("local", upToRouter("client", "executor")),
            Map.entry("procedure", upToRouter("client")),
            Map.entry("outdated", upToRouter("notification", "topic", "history")),
            Map.entry("presence", upToRouter("outdated", "topic")),
            Map.entry("ticketing", upToRouter()),
            Map.entry("store", Set.of("history", "serializer", "protocol", "matching", "security")),
            Map.entry("faces", Set.of("ticketing", "topic", "outdated", "maintenance", "protocol")),
            Map.entry("admin", upToRouter("history", "topic")),
            Map.entry("admin.pages", Set.of("admin")),
            Map.entry("ready", upToRouter("executor", "topic", "notification")),
            Map.entry("maintenance", upToRouter("executor", "topic")),
            Map.entry("ops", upToRouter("transport", "notification")),
            Map.entry("wiring", everythingButDemo()),
            Map.entry("demo", Set.of("notification", "topic", "outdated", "ready")));

    private static final String[] CORE = {
        ROOT + "executor",
        ROOT + "protocol",
        ROOT + "matching",
        ROOT + "serializer",
        ROOT + "security",
        ROOT + "history",
        ROOT + "metrics",
        ROOT + "session",
        ROOT + "broker",
        ROOT + "dealer",
        ROOT + "realm",
        ROOT + "router"
    };

    @ArchTest
    static void everyPackageImportsOnlyWhatItsRankAllows(JavaClasses all) {
        Set<String> found =
                all.stream().map(ArchitectureTest::packageOf).collect(Collectors.toCollection(TreeSet::new));
        assertThat(MAY_IMPORT.keySet())
                .as("a new package needs a rank: add it here, and to the map in the README")
                .containsAll(found);
        for (String name : found) {
            Set<String> allowed = MAY_IMPORT.get(name);
            DescribedPredicate<JavaClass> ofHigherRank = DescribedPredicate.describe(
                    "are of a higher rank than " + name,
                    imported -> imported.getPackageName().startsWith(ROOT)
                            && !packageOf(imported).equals(name)
                            && !allowed.contains(packageOf(imported)));
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + name)
                    .should()
                    .dependOnClassesThat(are(ofHigherRank))
                    .because("lower ranks must be testable, and shippable, without the higher ones")
                    .check(all);
        }
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching(ROOT + "(*)..")
            .should()
            .beFreeOfCycles()
            .because("a newcomer must be able to read from the bottom up");

    @ArchTest
    static final ArchRule theCoreKnowsNoContainer = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "io.undertow..", "org.eclipse.microprofile..", "org.jboss..")
            .because("the core is tested in milliseconds, and must allow final classes and records");

    @ArchTest
    static final ArchRule theEngineOfAClientKnowsNoContainer = noClasses()
            .that()
            .resideInAPackage(ROOT + "client")
            .and()
            .doNotHaveSimpleName("JsonbMapping")
            .and()
            .doNotHaveSimpleName("Node") // within it
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta..")
            .because("a client outside of a server brings what it needs");

    @ArchTest
    static final ArchRule theCoreStartsNoThreadsAndReadsNoClock = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("threads belong to the container, and time comes from an InstantSource that tests can move");

    @ArchTest
    static final ArchRule webSocketIsSeenByBothEndsOfAConnectionOnly = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "transport", ROOT + "remote")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..")
            .because("only there is a Session not WAMP's");

    @ArchTest
    static final ArchRule persistenceIsForTheDemoAndWhatIsLoadedWhereItIs = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "demo")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "outdated.ContentListener")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "outdated.EntityType")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.persistence..")
            .because("the library must not force it on its host");

    @ArchTest
    static final ArchRule onlyHibernateLoadsWhatKnowsIt = noClasses()
            .that()
            .haveNameNotMatching(".*\\.HibernateCollections(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.hibernate..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.HibernateCollections(\\$.*)?")
            .because("the library must not force it on its host");

    @ArchTest
    static final ArchRule undertowIsSeenByItsGate = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + "maintenance.UndertowGate")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.undertow..")
            .because("other servers must not meet it");

    @ArchTest
    static final ArchRule facesIsSeenByItsTagsAndTheDemo = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "faces", ROOT + "demo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.faces..")
            .because("a host without Faces must not meet it");

    @ArchTest
    static final ArchRule jacksonIsSeenBySerializersOnly = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "serializer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..")
            .because("applications map their objects by JSON-B; Jackson is a detail of the wire");

    @ArchTest
    static final ArchRule settingsAreReadInWiringOnly = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "wiring")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile.config..")
            .because("elsewhere a setting is a field of a typed record");

    @ArchTest
    static final ArchRule fieldsAreInjectedOnlyWhereTheContainerMakesTheObject = fields().that()
            .areAnnotatedWith(Inject.class)
            .should()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(ServerEndpoint.class)
            .orShould()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(WebFilter.class)
            .orShould()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(WebServlet.class)
            .orShould()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(WebListener.class)
            .orShould()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(Named.class)
            .because("constructor injection lets fields be final and tests say new");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
            .because("such a name says nothing");

    @ArchTest
    static final ArchRule loggingIsSystemLogger = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging..")
            .because("System.Logger is in the JDK, and the server routes it to its own log");

    @ArchTest
    static final ArchRule theConsoleIsForTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("a server's console is its log");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(NullMarked.class)
                .because("null is the exception, and marked")
                .check(all);
        all.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .forEach(p -> assertThat(p.isAnnotatedWith(NullMarked.class))
                        .as(p.getName() + " has a package-info with @NullMarked")
                        .isTrue());
    }

    private static String packageOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    private static Set<String> upToRouter(String... andBesides) {
        Set<String> packages = new TreeSet<>(Set.of(
                "router",
                "realm",
                "broker",
                "dealer",
                "session",
                "protocol",
                "serializer",
                "matching",
                "security",
                "metrics"));
        packages.addAll(List.of(andBesides));
        return packages;
    }

    private static Set<String> everythingButDemo() {
        return Set.of(
                "admin",
                "maintenance",
                "ready",
                "transport",
                "topic",
                "notification",
                "ticketing",
                "client",
                "local",
                "procedure",
                "presence",
                "outdated",
                "executor",
                "router",
                "realm",
                "broker",
                "dealer",
                "matching",
                "session",
                "protocol",
                "serializer",
                "security",
                "history",
                "store",
                "metrics",
                "ops");
    }
}
