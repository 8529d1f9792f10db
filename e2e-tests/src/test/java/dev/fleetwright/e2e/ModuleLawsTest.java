package dev.fleetwright.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The laws of the design about who may use what. */
@AnalyzeClasses(packages = "dev.fleetwright", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleLawsTest {
    private static final String AZURE_SDK = "com.azure..";
    private static final String CONTROLLERS = "dev.fleetwright.controllers..";
    private static final String COMPANION = "dev.fleetwright.companion..";
    private static final String NODEPOOL = "dev.fleetwright.nodepool..";
    private static final String AZURE = "dev.fleetwright.azure..";
    private static final String CORE = "dev.fleetwright.core..";
    private static final String API = "dev.fleetwright.api..";
    private static final String SIMULATOR = "dev.fleetwright.simulator..";
    private static final String LOCAL = "dev.fleetwright.local..";
    private static final String LAUNCHER = "dev.fleetwright.launcher..";

    @ArchTest
    static final ArchRule onlyTheAzureModuleKnowsTheAzureSdk = noClasses()
            .that()
            .resideOutsideOfPackage(AZURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AZURE_SDK);

    @ArchTest
    static final ArchRule theNodepoolOperatorKnowsNoAzure = noClasses()
            .that()
            .resideInAPackage(NODEPOOL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AZURE, AZURE_SDK, CONTROLLERS, COMPANION);

    @ArchTest
    static final ArchRule controllersKnowNoOtherOperator = noClasses()
            .that()
            .resideInAPackage(CONTROLLERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMPANION, NODEPOOL);

    @ArchTest
    static final ArchRule theCompanionKnowsNoOtherOperator = noClasses()
            .that()
            .resideInAPackage(COMPANION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONTROLLERS, NODEPOOL);

    @ArchTest
    static final ArchRule theSimulatorSharesNoCodeWithTheOperators = noClasses()
            .that()
            .resideInAPackage(SIMULATOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CORE, AZURE, API, CONTROLLERS, COMPANION, NODEPOOL, LAUNCHER);

    @ArchTest
    static final ArchRule localClustersKnowNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CORE, AZURE, API, CONTROLLERS, COMPANION, NODEPOOL, LAUNCHER, SIMULATOR);

    @ArchTest
    static final ArchRule theLauncherUsesProcessesNotCode = noClasses()
            .that()
            .resideInAPackage(LAUNCHER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CORE, AZURE, CONTROLLERS, COMPANION, NODEPOOL, SIMULATOR);

    @ArchTest
    static final ArchRule theKindsDependOnNoOperatorCode = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CORE, AZURE, CONTROLLERS, COMPANION, NODEPOOL, LAUNCHER, LOCAL, SIMULATOR);

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .that()
            .resideInAPackage("dev.fleetwright..")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);

    @ArchTest
    static final ArchRule decisionsAskNoClock = noClasses()
            .that()
            .resideInAnyPackage(CONTROLLERS, COMPANION, NODEPOOL, CORE)
            .and()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("dev.fleetwright.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everythingIsNullMarked = classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith(org.jspecify.annotations.NullMarked.class);
}
