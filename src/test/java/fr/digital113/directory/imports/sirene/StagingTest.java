package fr.digital113.directory.imports.sirene;

import static fr.digital113.directory.imports.sirene.Register.ALPHA;
import static fr.digital113.directory.imports.sirene.Register.ANY;
import static fr.digital113.directory.imports.sirene.Register.BETA;
import static fr.digital113.directory.imports.sirene.Register.DIGITAL;
import static fr.digital113.directory.imports.sirene.Register.branch;
import static fr.digital113.directory.imports.sirene.Register.establishment;
import static fr.digital113.directory.imports.sirene.Register.siret;
import static fr.digital113.directory.imports.sirene.Register.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.digital113.directory.imports.ImportOptions;
import fr.digital113.directory.imports.MemoryTable;
import fr.digital113.directory.imports.RecordedReport;
import fr.digital113.directory.imports.Table;
import fr.digital113.directory.imports.UnreadableFileException;
import fr.digital113.directory.values.Identifiers;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the two halves meet, and which companies come of it. */
class StagingTest {

  @RegisterExtension final Register register = new Register();

  @Test
  void aCompanyAppearsWithTheEstablishmentWhenUnitsComeFirst() {
    assertThat(register.units(unit(ALPHA)).byOutcome())
        .isEqualTo(Map.of("awaiting_establishment", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("absent");
    assertThat(register.establishments(establishment(siret(ALPHA, 1), "31555")).byOutcome())
        .isEqualTo(Map.of("created", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("published");
  }

  @Test
  void aCompanyAppearsWithTheUnitWhenEstablishmentsComeFirst() {
    assertThat(register.establishments(establishment(siret(ALPHA, 1), "31555")).byOutcome())
        .isEqualTo(Map.of("awaiting_unit", 1L));
    assertThat(register.units(unit(ALPHA)).byOutcome()).isEqualTo(Map.of("created", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("published");
  }

  @Test
  void aCompanyHasWhatTheRegisterSays() {
    register.units(
        unit(
            ALPHA,
            "denominationUsuelle1",
            "Alpha",
            "dateCreation",
            "2011-05-04",
            "trancheEffectifs",
            "12",
            "nicSiege",
            "00017"));
    register.establishments(
        establishment(
            siret(ALPHA, 1),
            "31555",
            "numeroVoie",
            "12",
            "indiceRepetition",
            "BIS",
            "typeVoie",
            "RUE",
            "libelleVoie",
            "DES ARTS",
            "codePostal",
            "31000",
            "coordonneeLambertAbscisse",
            "574357.82",
            "coordonneeLambertOrdonnee",
            "6279642.97"));
    assertThat(
            register.company(
                ALPHA,
                "slug, name, legal_name, siren, siret, commune, address, postal_code, naf, headcount",
                "naf_nomenclature, founded_year, size_class, publication, source, source_date"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("slug", "alpha"),
                Map.entry("name", "Alpha"),
                Map.entry("legal_name", "ALPHA LOGICIELS"),
                Map.entry("siren", ALPHA),
                Map.entry("siret", siret(ALPHA, 1)),
                Map.entry("commune", "31555"),
                Map.entry("address", "12 BIS RUE DES ARTS"),
                Map.entry("postal_code", "31000"),
                Map.entry("naf", "62.01Z"),
                Map.entry("naf_nomenclature", "NAFRev2"),
                Map.entry("founded_year", "2011"),
                Map.entry("size_class", "12"),
                Map.entry("publication", "published"),
                Map.entry("source", "register"),
                Map.entry("source_date", "2026-03-01")));
    assertThat(register.list("select sector from company_sector")).containsExactly("services");
    assertThat(register.count("membership")).isZero();
  }

  @Test
  void theSameFileAgainChangesNothing() {
    register.units(unit(ALPHA));
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    long revision = register.revision();
    assertThat(register.units(unit(ALPHA)).byOutcome()).isEqualTo(Map.of("unchanged", 1L));
    assertThat(register.establishments(establishment(siret(ALPHA, 1), "31555")).byOutcome())
        .isEqualTo(Map.of("unchanged", 1L));
    assertThat(register.revision()).isEqualTo(revision);
  }

  @Test
  void theSameFileWithoutDatesChangesNothingOnAnotherDay() {
    register.units(unit(ALPHA, "dateDernierTraitement", ""));
    register.establishments(establishment(siret(ALPHA, 1), "31555", "dateDernierTraitement", ""));
    register.execute("update register_unit set source_date = '2020-01-01'");
    register.execute("update register_establishment set source_date = '2020-01-01'");
    register.execute("update company set source_date = '2020-01-01'");
    assertThat(register.units(unit(ALPHA, "dateDernierTraitement", "")).byOutcome())
        .isEqualTo(Map.of("unchanged", 1L));
  }

  @Test
  void theHeadOfficeIsRetainedBeforeABranch() {
    register.units(unit(ALPHA));
    RecordedReport report =
        register.establishments(
            branch(siret(ALPHA, 1), "34172"), establishment(siret(ALPHA, 2), "31555"));
    assertThat(report.byOutcome())
        .isEqualTo(Map.of("created", 1L, "another_establishment_retained", 1L));
    assertThat(register.company(ALPHA, "siret")).containsValue(siret(ALPHA, 2));
  }

  @Test
  void theHeadOfficeIsAlsoTheOneThatTheUnitNames() {
    register.units(unit(ALPHA, "nicSiege", siret(ALPHA, 2).substring(9)));
    register.establishments(
        branch(siret(ALPHA, 1), "34172"),
        establishment(siret(ALPHA, 2), "31555", "etablissementSiege", ""));
    assertThat(register.company(ALPHA, "siret")).containsValue(siret(ALPHA, 2));
  }

  @Test
  void theFirstOpenBranchIsRetainedWhenTheHeadOfficeIsOutsideTheRegion() {
    register.units(unit(ALPHA));
    RecordedReport report =
        register.establishments(
            establishment(siret(ALPHA, 1), "75101"),
            branch(siret(ALPHA, 4), "31555"),
            branch(siret(ALPHA, 3), "34172"),
            branch(siret(ALPHA, 2), "31555", "etatAdministratif", "F"));
    assertThat(report.byOutcome())
        .isEqualTo(
            Map.of(
                "created",
                1L,
                "another_establishment_retained",
                1L,
                "outside_region",
                1L,
                "closed",
                1L));
    assertThat(register.company(ALPHA, "siret, commune"))
        .isEqualTo(Map.of("siret", siret(ALPHA, 3), "commune", "34172"));
  }

  @Test
  void aHeadOfficeThatComesLaterReplacesTheBranch() {
    register.units(unit(ALPHA));
    register.establishments(branch(siret(ALPHA, 1), "34172"));
    assertThat(register.establishments(establishment(siret(ALPHA, 2), "31555")).byOutcome())
        .isEqualTo(Map.of("updated", 1L));
    assertThat(register.company(ALPHA, "commune")).containsValue("31555");
  }

  @Test
  void aUnitWhoseHeadOfficeIsElsewhereIsOutsideTheRegionWhicheverFileComesFirst() {
    assertThat(register.establishments(establishment(siret(ALPHA, 1), "75101")).skipped())
        .extracting(RecordedReport.Row::code, RecordedReport.Row::column, RecordedReport.Row::value)
        .containsExactly(tuple("outside_region", "codeCommuneEtablissement", "75101"));
    assertThat(register.units(unit(ALPHA)).byOutcome()).isEqualTo(Map.of("outside_region", 1L));
    assertThat(register.establishments(establishment(siret(ALPHA, 1), "75101")).byOutcome())
        .isEqualTo(Map.of("outside_region", 1L));
  }

  @Test
  void closedUnitsAndEstablishmentsAreSkipped() {
    assertThat(register.units(unit(ALPHA, "etatAdministratif", "C"), unit(BETA)).byOutcome())
        .isEqualTo(Map.of("closed", 1L, "awaiting_establishment", 1L));
    assertThat(
            register
                .establishments(
                    establishment(siret(ALPHA, 1), "31555"),
                    establishment(siret(BETA, 1), "31555", "etatAdministratif", "F"))
                .byOutcome())
        .isEqualTo(Map.of("closed", 2L));
    assertThat(register.count("company")).isZero();
  }

  @Test
  void aUnitWithoutANameWaitsForOne() {
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    assertThat(register.units(unit(ALPHA, "denomination", "")).byOutcome())
        .isEqualTo(Map.of("no_name", 1L));
    assertThat(register.units(unit(ALPHA, "denomination", "", "sigle", "ALP")).byOutcome())
        .isEqualTo(Map.of("created", 1L));
    assertThat(register.company(ALPHA, "name")).containsValue("ALP");
  }

  @Test
  void onlyDigitalCodesAreLoadedByDefault() {
    register.units(DIGITAL, unit(ALPHA), unit(BETA, "activitePrincipale", "43.12B"));
    RecordedReport report =
        register.establishments(
            DIGITAL,
            establishment(siret(ALPHA, 1), "31555"),
            establishment(siret(BETA, 1), "31555"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("created", 1L, "outside_naf_scope", 1L));
  }

  @Test
  void givenCodesScopeTheLoad() {
    register.establishments(
        establishment(siret(ALPHA, 1), "31555"), establishment(siret(BETA, 1), "31555"));
    RecordedReport report =
        register.units(
            new ImportOptions(List.of("43.12B"), null, "test"),
            unit(ALPHA),
            unit(BETA, "activitePrincipale", "43.12B"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("outside_naf_scope", 1L, "created", 1L));
    assertThat(report.skipped())
        .extracting(RecordedReport.Row::line, RecordedReport.Row::value)
        .containsExactly(tuple(2L, "62.01Z"));
  }

  @Test
  void aTerritoryScopesTheLoad() {
    register.units(unit(ALPHA), unit(BETA));
    RecordedReport report =
        register.establishments(
            new ImportOptions(null, "243100518", "test"),
            establishment(siret(ALPHA, 1), "31555"),
            establishment(siret(BETA, 1), "34172"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("created", 1L, "outside_territory", 1L));
    assertThat(
            register
                .establishments(
                    new ImportOptions(null, "34172", "test"),
                    establishment(siret(BETA, 1), "34172"))
                .byOutcome())
        .isEqualTo(Map.of("created", 1L));
  }

  @Test
  void anEstablishmentOutsideTheTerritoryIsNotKeptForALaterUnit() {
    ImportOptions scope = new ImportOptions(List.of("62.01Z"), "31", "test");
    assertThat(
            register
                .establishments(
                    scope,
                    establishment(siret(ALPHA, 1), "34172"),
                    establishment(siret(BETA, 1), "31555"))
                .byOutcome())
        .isEqualTo(Map.of("outside_territory", 1L, "awaiting_unit", 1L));
    assertThat(register.list("select siren from register_establishment")).containsExactly(BETA);
    assertThat(register.units(unit(ALPHA)).byOutcome())
        .isEqualTo(Map.of("awaiting_establishment", 1L));
    assertThat(register.establishments(scope, establishment(siret(ALPHA, 1), "34172")).byOutcome())
        .isEqualTo(Map.of("outside_territory", 1L));
    assertThat(register.units(unit(ALPHA)).byOutcome())
        .isEqualTo(Map.of("awaiting_establishment", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("absent");
  }

  @Test
  void aCompanyThatMovesOutOfTheTerritoryStaysAsItWas() {
    register.units(unit(ALPHA));
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    assertThat(
            register
                .establishments(
                    new ImportOptions(null, "31", "test"),
                    branch(siret(ALPHA, 1), "31555", "etatAdministratif", "F"),
                    establishment(siret(ALPHA, 2), "34172"))
                .byOutcome())
        .isEqualTo(Map.of("closed", 1L, "outside_territory", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("published");
  }

  @Test
  void aUnitOutsideTheActivitiesIsKeptForALoadThatAsksForIt() {
    assertThat(
            register
                .units(new ImportOptions(List.of("62.02A"), null, "test"), unit(ALPHA))
                .byOutcome())
        .isEqualTo(Map.of("outside_naf_scope", 1L));
    assertThat(register.establishments(establishment(siret(ALPHA, 1), "31555")).byOutcome())
        .isEqualTo(Map.of("created", 1L));
  }

  @Test
  void theSlugIsUniqueAndNeverANumber() {
    register.establishments(
        IntStream.rangeClosed(1, 4)
            .mapToObj(i -> establishment(siret(sirens().get(i), 1), "31555"))
            .toArray(Map[]::new));
    register.execute(
        "insert into company (id, slug, name, commune, source) values"
            + " (gen_random_uuid(), 'studio', 'Studio', '31555', 'cluster')");
    register.units(
        unit(sirens().get(1), "denomination", "Studio"),
        unit(sirens().get(2), "denomination", "STUDIO"),
        unit(sirens().get(3), "denomination", "Studio 2"),
        unit(sirens().get(4), "denomination", "42"));
    assertThat(register.list("select slug from company where source = 'register' order by siren"))
        .containsExactly("studio-2", "studio-3", "studio-2-2", "entreprise-42");
  }

  @Test
  void twoRowsOfOneUnitAreLoadedOnceWithTheLastProcessed() {
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    RecordedReport report =
        register.units(
            unit(ALPHA, "denomination", "OLD", "dateDernierTraitement", "2025-01-01T00:00:00"),
            unit(ALPHA, "denomination", "NEW", "dateDernierTraitement", "2026-01-01T00:00:00"),
            unit(ALPHA, "denomination", "NEW TOO", "dateDernierTraitement", "2026-01-01T00:00:00"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("created", 1L, "duplicate_row", 2L));
    assertThat(register.company(ALPHA, "name")).containsValue("NEW");
  }

  @Test
  void anOlderFileDoesNotReplaceWhatIsKnown() {
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    register.units(unit(ALPHA));
    assertThat(
            register
                .units(unit(ALPHA, "denomination", "OLD", "dateDernierTraitement", "2019-06-24"))
                .byOutcome())
        .isEqualTo(Map.of("outdated", 1L));
    assertThat(register.company(ALPHA, "name")).containsValue("ALPHA LOGICIELS");
  }

  @Test
  void malformedNumbersAreRejectedAndTheGoodRowsKept() {
    RecordedReport report = register.units(unit("123456789"), unit(ALPHA), unit("12345678"));
    assertThat(report.rejected())
        .extracting(RecordedReport.Row::line, RecordedReport.Row::column, RecordedReport.Row::value)
        .containsExactly(tuple(2L, "siren", "123456789"), tuple(4L, "siren", "12345678"));
    RecordedReport places =
        register.establishments(
            establishment("12345678200011", "31555"),
            establishment(siret(ALPHA, 1), "31555", "siren", BETA),
            establishment(siret(ALPHA, 2), "31555"));
    assertThat(places.byOutcome())
        .isEqualTo(Map.of("invalid_siret", 1L, "siren_siret_mismatch", 1L, "created", 1L));
  }

  @Test
  void aRowWithMoreCellsThanTheHeaderIsRejectedWithoutItsValues() {
    Table shifted =
        new MemoryTable(UnitRow.REQUIRED, List.of(unit(ALPHA))) {
          @Override
          public int width() {
            return header().size() + 1;
          }
        };
    assertThat(register.load(new LegalUnits(), shifted, ANY).rejected())
        .containsExactly(
            new RecordedReport.Row(
                2,
                null,
                null,
                "extra_cell",
                new Text(
                    "La ligne a plus de cellules que l'en-tête : un séparateur manque de guillemets.",
                    "The row has more cells than the header: a separator lacks its quotes.")));
  }

  @Test
  void everyRowIsReportedOnce() {
    register.units(unit(ALPHA), unit(BETA, "etatAdministratif", "C"));
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 1; i <= 300; i++) {
      rows.add(branch(siret(ALPHA, i), i % 3 == 0 ? "75101" : "31555"));
      rows.add(branch(siret(BETA, i), "31555"));
    }
    rows.add(branch("12345678200011", "31555"));
    rows.add(branch(siret(ALPHA, 1), "31555"));
    RecordedReport report =
        register.load(new Establishments(), MemoryTable.of(EstablishmentRow.REQUIRED, rows), ANY);
    assertThat(report.rowsRead()).isEqualTo(602);
    assertThat(report.byOutcome())
        .isEqualTo(
            Map.of(
                "created",
                1L,
                "another_establishment_retained",
                199L,
                "outside_region",
                100L,
                "closed",
                300L,
                "invalid_siret",
                1L,
                "duplicate_row",
                1L));
    assertThat(report.skipped()).extracting(RecordedReport.Row::line).isSorted();
  }

  @Test
  void aFileWithoutRequiredColumnsIsRefusedByTheirNames() {
    assertThatThrownBy(() -> new LegalUnits().checkHeader(List.of("siren", "nomUniteLegale")))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "unreadable-file: Columns missing from this Sirene file: statutDiffusionUniteLegale,"
                + " etatAdministratifUniteLegale, denominationUniteLegale,"
                + " categorieJuridiqueUniteLegale, activitePrincipaleUniteLegale,"
                + " nomenclatureActivitePrincipaleUniteLegale");
    assertThatThrownBy(() -> new Establishments().checkHeader(UnitRow.REQUIRED))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("siret, statutDiffusionEtablissement");
  }

  private static List<String> sirens() {
    return IntStream.range(100_000_000, 100_000_100)
        .mapToObj(String::valueOf)
        .filter(Identifiers::isSiren)
        .toList();
  }
}
