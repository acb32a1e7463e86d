package fr.digital113.directory.imports.sirene;

import static fr.digital113.directory.imports.sirene.Register.ALPHA;
import static fr.digital113.directory.imports.sirene.Register.BETA;
import static fr.digital113.directory.imports.sirene.Register.establishment;
import static fr.digital113.directory.imports.sirene.Register.siret;
import static fr.digital113.directory.imports.sirene.Register.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.digital113.directory.imports.ImportOptions;
import fr.digital113.directory.imports.RecordedReport;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the geography does that an import must expect. */
class GeographyTrapsTest {

  @RegisterExtension final Register register = new Register();

  @Test
  void epciSpanDepartementsSoATerritoryScopeFollowsTheCommuneNotTheDepartement() {
    register.execute("insert into territory_within values ('34172', '200069300')");
    register.units(unit(ALPHA), unit(BETA));
    RecordedReport report =
        register.establishments(
            new ImportOptions(null, "200069300", "test"),
            establishment(siret(ALPHA, 1), "34172"),
            establishment(siret(BETA, 1), "65001"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("created", 2L));
  }

  @Test
  void communeNamesAreSharedSoOnlyTheCodeCounts() {
    register.units(unit(ALPHA));
    register.establishments(
        establishment(siret(ALPHA, 1), "31497", "libelleCommune", "SAINT-MICHEL"));
    assertThat(register.company(ALPHA, "commune")).containsValue("31497");
  }

  @Test
  void theCommuneIsNeverDerivedFromThePostalCode() {
    register.units(unit(ALPHA), unit(BETA));
    RecordedReport report =
        register.establishments(
            establishment(siret(ALPHA, 1), "", "codePostal", "31000"),
            establishment(siret(BETA, 1), "34172", "codePostal", "31000"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("no_commune", 1L, "created", 1L));
    assertThat(register.company(BETA, "commune, postal_code"))
        .isEqualTo(Map.of("commune", "34172", "postal_code", "31000"));
  }

  @Test
  void cedexCodesAreNoPostalCodesOfAPlace() {
    register.units(unit(ALPHA), unit(BETA));
    register.establishments(
        establishment(siret(ALPHA, 1), "31555", "codePostal", "31057 CEDEX 1"),
        establishment(
            siret(BETA, 1), "31555", "codeCedex", "31057", "libelleCedex", "TOULOUSE CEDEX 1"));
    assertThat(register.company(ALPHA, "commune, postal_code"))
        .isEqualTo(Map.of("commune", "31555"));
    assertThat(register.company(BETA, "commune, postal_code"))
        .isEqualTo(Map.of("commune", "31555"));
  }

  @Test
  void inseeCodesAreTextWithLeadingZerosAndLetters() {
    register.units(unit(ALPHA), unit(BETA));
    RecordedReport report =
        register.establishments(
            establishment(siret(ALPHA, 1), "09001"), establishment(siret(BETA, 1), "2A004"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("created", 1L, "outside_region", 1L));
    assertThat(register.company(ALPHA, "commune")).containsValue("09001");
  }

  @Test
  void aCodeThatLostItsLeadingZeroIsRejectedNotTakenForAnother() {
    assertThat(register.establishments(establishment(siret(ALPHA, 1), "9001")).rejected())
        .extracting(RecordedReport.Row::column, RecordedReport.Row::value, RecordedReport.Row::code)
        .containsExactly(tuple("codeCommuneEtablissement", "9001", "invalid_commune"));
  }

  @Test
  void mergedCommunesKeepOldCodesInFiles() {
    register.units(unit(ALPHA));
    register.establishments(establishment(siret(ALPHA, 1), "09028"));
    assertThat(register.company(ALPHA, "commune")).containsValue("09296");
  }

  @Test
  void aCodeOfTheRegionThatNobodyKnowsIsToldApartFromAnotherRegion() {
    RecordedReport report =
        register.establishments(
            establishment(siret(ALPHA, 1), "31999"), establishment(siret(BETA, 1), "75056"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("unknown_commune", 1L, "outside_region", 1L));
  }

  @Test
  void arrondissementsOfParisLyonAndMarseilleAreOutsideTheRegion() {
    register.units(unit(ALPHA));
    RecordedReport report =
        register.establishments(
            establishment(siret(ALPHA, 1), "13204"),
            establishment(siret(ALPHA, 2), "13055"),
            establishment(siret(ALPHA, 3), "75101"),
            establishment(siret(ALPHA, 4), "69381"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("outside_region", 4L));
  }

  @Test
  void anAddressAbroadIsOutsideTheRegion() {
    assertThat(
            register
                .establishments(establishment(siret(ALPHA, 1), "", "codePaysEtranger", "99109"))
                .byOutcome())
        .isEqualTo(Map.of("outside_region", 1L));
  }
}
