package dev.fleetwright.azure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackageLawsTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.fleetwright.azure");

    @Test
    void onlyTheAdapterSeesTheAzureSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.fleetwright.azure.sdk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.azure..", "com.microsoft..", "reactor..")
                .check(classes);
    }

    @Test
    void nothingDependsOnTheAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.fleetwright.azure.sdk..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.fleetwright.azure.sdk..")
                .check(classes);
    }

    @Test
    void budgetsAndQueueAreFreeOfInputAndOutput() {
        noClasses()
                .that()
                .resideInAnyPackage("..throttle..", "..queue..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.io..", "java.nio.file..", "io.fabric8..", "..azure.sdk..")
                .check(classes);
    }
}
