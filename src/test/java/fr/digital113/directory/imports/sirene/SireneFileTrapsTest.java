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

import fr.digital113.directory.imports.ImportOptions;
import fr.digital113.directory.imports.MemoryTable;
import fr.digital113.directory.imports.RecordedReport;
import fr.digital113.directory.values.Identifiers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What real Sirene files do that an import must expect. */
class SireneFileTrapsTest {

  @RegisterExtension final Register register = new Register();

  @Test
  void bothColumnSetsAreReadByName() {
    assertThat(Layouts.UNITS_2026).hasSize(35);
    assertThat(Layouts.UNITS_2022).hasSize(33);
    assertThat(Layouts.ESTABLISHMENTS_2026).hasSize(54);
    assertThat(Layouts.ESTABLISHMENTS_2022).hasSize(48);
    Map<String, String> place =
        establishment(siret(ALPHA, 1), "31555", "numeroVoie", "3", "libelleVoie", "RUE DES ARTS");
    load(Layouts.UNITS_2022, unit(ALPHA));
    assertThat(load(Layouts.ESTABLISHMENTS_2022, place).byOutcome())
        .isEqualTo(Map.of("created", 1L));
    assertThat(load(Layouts.UNITS_2026, unit(ALPHA)).byOutcome())
        .isEqualTo(Map.of("unchanged", 1L));
    assertThat(load(Layouts.ESTABLISHMENTS_2026, place).byOutcome())
        .isEqualTo(Map.of("unchanged", 1L));
    assertThat(register.company(ALPHA, "name, address, naf"))
        .isEqualTo(Map.of("name", "ALPHA LOGICIELS", "address", "3 RUE DES ARTS", "naf", "62.01Z"));
  }

  @Test
  void unknownColumnsInAnyOrderAreAccepted() {
    List<String> columns = new ArrayList<>(Layouts.ESTABLISHMENTS_2026);
    columns.add("colonneDeDemain");
    Collections.reverse(columns);
    load(Layouts.UNITS_2026, unit(ALPHA));
    assertThat(load(columns, establishment(siret(ALPHA, 1), "31555")).byOutcome())
        .isEqualTo(Map.of("created", 1L));
  }

  @Test
  void theFileOfTheApiHoldsUnitAndEstablishmentMerged() {
    Map<String, String> merged = unit(ALPHA);
    merged.putAll(establishment(siret(ALPHA, 1), "31555"));
    List<String> columns =
        Stream.concat(Layouts.ESTABLISHMENTS_2026.stream(), Layouts.UNITS_2026.stream())
            .distinct()
            .toList();
    assertThat(
            register
                .load(new LegalUnits(), new MemoryTable(columns, List.of(merged, merged)), ANY)
                .byOutcome())
        .isEqualTo(Map.of("awaiting_establishment", 1L, "duplicate_row", 1L));
    assertThat(load(columns, merged).byOutcome()).isEqualTo(Map.of("created", 1L));
  }

  @Test
  void establishmentsHaveNoCompanyNameSoTheUnitGivesIt() {
    register.establishments(
        establishment(
            siret(ALPHA, 1), "31555", "enseigne1", "ENSEIGNE", "denominationUsuelle", "USUELLE"));
    register.units(unit(ALPHA));
    assertThat(register.company(ALPHA, "name")).containsValue("ALPHA LOGICIELS");
  }

  @Test
  void aSizeClassThatIsEmptyOrNnIsUnknownNotZero() {
    register.units(unit(ALPHA, "trancheEffectifs", "NN"), unit(BETA, "trancheEffectifs", ""));
    register.establishments(
        establishment(siret(ALPHA, 1), "31555"), establishment(siret(BETA, 1), "31555"));
    assertThat(register.company(ALPHA, "size_class, headcount"))
        .isEqualTo(Map.of("size_class", "NN"));
    assertThat(register.company(BETA, "size_class, headcount"))
        .isEqualTo(Map.of("size_class", "NN"));
  }

  @Test
  void emptyValuesAreAccepted() {
    register.units(
        unit(
            ALPHA,
            "statutDiffusion",
            "",
            "etatAdministratif",
            "",
            "categorieJuridique",
            "",
            "activitePrincipale",
            "",
            "nomenclatureActivitePrincipale",
            "",
            "dateDernierTraitement",
            ""));
    assertThat(
            register
                .establishments(
                    establishment(
                        siret(ALPHA, 1),
                        "31555",
                        "statutDiffusion",
                        "",
                        "etatAdministratif",
                        "",
                        "dateDernierTraitement",
                        ""))
                .byOutcome())
        .isEqualTo(Map.of("created", 1L));
    assertThat(register.company(ALPHA, "naf, naf_nomenclature, founded_year, address, latitude"))
        .isEmpty();
    assertThat(register.count("company where source_date = directory_today()")).isOne();
  }

  @Test
  void theFirstOfJanuary1900StandsForAnUnknownDate() {
    register.units(
        unit(ALPHA, "dateCreation", "1900-01-01"), unit(BETA, "dateCreation", "1900-06-01"));
    register.establishments(
        establishment(siret(ALPHA, 1), "31555"), establishment(siret(BETA, 1), "31555"));
    assertThat(register.company(ALPHA, "founded_year")).isEmpty();
    assertThat(register.company(BETA, "founded_year")).containsValue("1900");
  }

  @Test
  void codesOfOlderNomenclaturesAreNotTakenForNafRev2() {
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    for (String nomenclature : List.of("NAP", "NAF1993", "NAFRev1", "")) {
      assertThat(
              register
                  .units(
                      DIGITAL,
                      unit(
                          ALPHA,
                          "activitePrincipale",
                          "62.01Z",
                          "nomenclatureActivitePrincipale",
                          nomenclature))
                  .byOutcome())
          .isEqualTo(Map.of("outside_naf_scope", 1L));
    }
    Map<String, String> nap =
        unit(ALPHA, "activitePrincipale", "62.11", "nomenclatureActivitePrincipale", "NAP");
    assertThat(register.units(new ImportOptions(List.of("62.11"), null, "test"), nap).byOutcome())
        .isEqualTo(Map.of("outside_naf_scope", 1L));
    assertThat(register.units(nap).byOutcome()).isEqualTo(Map.of("created", 1L));
    assertThat(register.company(ALPHA, "naf, naf_nomenclature")).isEmpty();
  }

  @Test
  void naf2025StandsBesideNafRev2() {
    register.establishments(
        establishment(siret(ALPHA, 1), "31555"), establishment(siret(BETA, 1), "31555"));
    assertThat(
            register
                .units(
                    DIGITAL,
                    unit(ALPHA, "activitePrincipaleNAF25", "62.10Y"),
                    unit(
                        BETA,
                        "activitePrincipale",
                        "",
                        "nomenclatureActivitePrincipale",
                        "",
                        "activitePrincipaleNAF25",
                        "62.10Y"))
                .byOutcome())
        .isEqualTo(Map.of("created", 2L));
    assertThat(register.company(ALPHA, "naf, naf_nomenclature"))
        .isEqualTo(Map.of("naf", "62.01Z", "naf_nomenclature", "NAFRev2"));
    assertThat(register.company(BETA, "naf, naf_nomenclature"))
        .isEqualTo(Map.of("naf", "62.10Y", "naf_nomenclature", "NAF2025"));
  }

  @Test
  void oneNafCodeIsNeverComputedFromTheOther() {
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    register.units(
        unit(ALPHA, "activitePrincipale", "43.12B", "activitePrincipaleNAF25", "66.30Y"));
    assertThat(register.company(ALPHA, "naf, naf_nomenclature"))
        .isEqualTo(Map.of("naf", "43.12B", "naf_nomenclature", "NAFRev2"));
    assertThat(register.list("select sector from company_sector")).containsExactly("finance");
  }

  @Test
  void aNafCodeThatIsInNoNomenclatureIsLeftOut() {
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    register.units(unit(ALPHA, "activitePrincipale", "99.99X"));
    assertThat(register.company(ALPHA, "naf, naf_nomenclature")).isEmpty();
  }

  @Test
  void unitsOfPartialDiffusionAreNeverStored() {
    RecordedReport report =
        register.units(
            unit(ALPHA, "statutDiffusion", "P"),
            unit(BETA, "statutDiffusion", "N"),
            unit(siren(3), "denomination", "[ND]"),
            unit("123456789", "statutDiffusion", "P"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("not_diffusible", 3L, "invalid_siren", 1L));
    assertThat(report.rejected()).extracting(RecordedReport.Row::value).containsOnlyNulls();
    assertThat(register.count("register_unit")).isZero();
  }

  @Test
  void maskedEstablishmentsAreNeverStoredNorPlaced() {
    RecordedReport report =
        register.establishments(
            establishment(siret(ALPHA, 1), "31555", "statutDiffusion", "P"),
            branch(siret(BETA, 1), "31555", "libelleVoie", "[ND]"),
            branch(siret(BETA, 2), "[ND]"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("not_diffusible", 3L));
    assertThat(report.skipped()).extracting(RecordedReport.Row::value).containsOnlyNulls();
    assertThat(register.count("register_establishment")).isZero();
  }

  @Test
  void soleTradersAndNamesOfPersonsAreNeverStored() {
    RecordedReport report =
        register.units(
            unit(ALPHA, "categorieJuridique", "1000", "denomination", "", "nom", "MARTIN"),
            unit(BETA, "categorieJuridique", "", "denomination", "", "nom", "MARTIN"),
            unit(siren(3), "categorieJuridique", "", "denomination", "", "prenom1", "ANNE"),
            unit(siren(4), "pseudonyme", "ANNIE"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("sole_trader", 4L));
    assertThat(report.skipped()).extracting(RecordedReport.Row::value).containsOnlyNulls();
    assertThat(register.count("register_unit")).isZero();
  }

  @Test
  void establishmentsOfASoleTraderAreForgottenWhenTheUnitSaysSo() {
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    assertThat(register.count("register_establishment")).isOne();
    register.units(unit(ALPHA, "categorieJuridique", "1000"));
    assertThat(register.count("register_establishment")).isZero();
  }

  @Test
  void coordinatesAreLambert93() {
    register.units(unit(ALPHA));
    register.establishments(
        establishment(
            siret(ALPHA, 1),
            "31555",
            "coordonneeLambertAbscisse",
            "574357.8153",
            "coordonneeLambertOrdonnee",
            "6279642.9731"));
    // Toulouse, place du Capitole; the formulas of EPSG give the same six decimals.
    assertThat(register.company(ALPHA, "latitude, longitude"))
        .isEqualTo(Map.of("latitude", "43.6047", "longitude", "1.4442"));
  }

  @Test
  void coordinatesThatAreMaskedMissingOrOverseasGiveNoLocation() {
    register.units(unit(ALPHA), unit(BETA), unit(siren(3)));
    register.establishments(
        establishment(
            siret(ALPHA, 1),
            "31555",
            "coordonneeLambertAbscisse",
            "[ND]",
            "coordonneeLambertOrdonnee",
            "[ND]"),
        establishment(siret(BETA, 1), "31555", "coordonneeLambertAbscisse", "574357.8"),
        establishment(
            siret(siren(3), 1),
            "31555",
            "coordonneeLambertAbscisse",
            "341000.0",
            "coordonneeLambertOrdonnee",
            "7650000.0"));
    assertThat(register.count("company where latitude is null")).isEqualTo(3);
  }

  @Test
  void streetTypesMixFullWordsAndOldAbbreviationsAndBothApostrophes() {
    register.units(unit(ALPHA), unit(BETA));
    register.establishments(
        establishment(siret(ALPHA, 1), "31555", "typeVoie", "AV", "libelleVoie", "DE L’EUROPE"),
        establishment(
            siret(BETA, 1), "31555", "typeVoie", "CHAUSSEE", "libelleVoie", "DE L'EUROPE"));
    assertThat(register.company(ALPHA, "address")).containsValue("AVENUE DE L'EUROPE");
    assertThat(register.company(BETA, "address")).containsValue("CHAUSSEE DE L'EUROPE");
  }

  @Test
  void establishmentsOfLaPosteHaveAnotherCheckDigit() {
    register.units(unit("356000000", "denomination", "LA POSTE"));
    assertThat(
            register
                .establishments(
                    branch("35600000049837", "31555"), branch("35600000049838", "31555"))
                .byOutcome())
        .isEqualTo(Map.of("created", 1L, "invalid_siret", 1L));
  }

  @Test
  void theSiretChangesOnAMoveAndTheCompanyStaysTheSame() {
    register.units(unit(ALPHA));
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    String id = register.company(ALPHA, "id").getOrDefault("id", "");
    assertThat(
            register
                .establishments(
                    establishment(siret(ALPHA, 2), "34172"),
                    branch(siret(ALPHA, 1), "31555", "etatAdministratif", "F"))
                .byOutcome())
        .isEqualTo(Map.of("updated", 1L, "closed", 1L));
    assertThat(register.company(ALPHA, "id, siret, commune, slug"))
        .isEqualTo(
            Map.of(
                "id", id, "siret", siret(ALPHA, 2), "commune", "34172", "slug", "alpha-logiciels"));
  }

  private RecordedReport load(List<String> columns, Map<String, String> row) {
    return register.load(
        columns.contains("siret") ? new Establishments() : new LegalUnits(),
        new MemoryTable(columns, List.of(row)),
        ANY);
  }

  private static String siren(int number) {
    for (int digit = 0; digit <= 9; digit++) {
      String siren = "%08d%d".formatted(number, digit);
      if (Identifiers.isSiren(siren)) {
        return siren;
      }
    }
    throw new AssertionError(number);
  }
}
