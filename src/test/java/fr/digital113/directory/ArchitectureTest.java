package fr.digital113.directory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

/** The layers that ARCHITECTURE.md draws. */
class ArchitectureTest {
  private static final String ROOT = "fr.digital113.directory.";
  private static final String[] SHARED = {
    ROOT + "access..",
    ROOT + "calendar..",
    ROOT + "changes..",
    ROOT + "database..",
    ROOT + "formats..",
    ROOT + "index..",
    ROOT + "limits..",
    ROOT + "metrics..",
    ROOT + "tracing..",
    ROOT + "values..",
    ROOT + "web.."
  };
  private static final String[] FEATURES = {
    ROOT + "calendars..",
    ROOT + "cluster..",
    ROOT + "companies..",
    ROOT + "erasure..",
    ROOT + "events..",
    ROOT + "factories..",
    ROOT + "imports..",
    ROOT + "initiatives..",
    ROOT + "insiders..",
    ROOT + "meetings..",
    ROOT + "ownership..",
    ROOT + "partners..",
    ROOT + "places..",
    ROOT + "reference..",
    ROOT + "sectors..",
    ROOT + "statistics..",
    ROOT + "suggest..",
    ROOT + "sync..",
    ROOT + "territories..",
    ROOT + "webhooks..",
    ROOT + "workshops.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("fr.digital113.directory");

  @Test
  void sharedPackagesDoNotKnowAnyFeature() {
    noClasses()
        .that()
        .resideInAnyPackage(SHARED)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FEATURES)
        .check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheIndexKnowsLucene() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "index..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.lucene..")
        .check(CLASSES);
  }

  /** It would be that of the session, which a pooler gives to others: database.Snapshots. */
  @Test
  void nobodyLetsJdbiSetTheIsolation() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.jdbi.v3.core.transaction.TransactionIsolationLevel")
        .check(CLASSES);
  }

  @Test
  void whatAnswersReadsDoesNotTouchTheDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "cluster..",
            ROOT + "companies..",
            ROOT + "events..",
            ROOT + "factories..",
            ROOT + "formats..",
            ROOT + "meetings..",
            ROOT + "initiatives..",
            ROOT + "sectors..",
            ROOT + "suggest..",
            ROOT + "territories..",
            ROOT + "web..",
            ROOT + "workshops..")
        .and()
        .doNotHaveSimpleName(
            "ProblemMappers") // which only tells a database that is away from a defect
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql..")
        .check(CLASSES);
  }

  @Test
  void resourcesAreNamedForWhatTheyAre() {
    classes()
        .that()
        .areAnnotatedWith(Path.class)
        .should()
        .haveSimpleNameEndingWith("Resource")
        .check(CLASSES);
  }
}
