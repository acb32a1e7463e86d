package fr.digital113.directory.imports.sirene;

import static fr.digital113.directory.imports.sirene.Register.ALPHA;
import static fr.digital113.directory.imports.sirene.Register.BETA;
import static fr.digital113.directory.imports.sirene.Register.branch;
import static fr.digital113.directory.imports.sirene.Register.establishment;
import static fr.digital113.directory.imports.sirene.Register.siret;
import static fr.digital113.directory.imports.sirene.Register.unit;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.imports.ImportOptions;
import fr.digital113.directory.imports.RecordedReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a company that the register closes, moves away or masks; and of members. */
class ForgettingTest {

  @RegisterExtension final Register register = new Register();

  @Test
  void aUnitThatClosesIsArchivedAndReopensWithTheRegister() {
    appears();
    assertThat(register.units(unit(ALPHA, "etatAdministratif", "C")).byOutcome())
        .isEqualTo(Map.of("updated", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("archived");
    assertThat(register.units(unit(ALPHA, "etatAdministratif", "C")).byOutcome())
        .isEqualTo(Map.of("closed", 1L));
    assertThat(register.units(unit(ALPHA)).byOutcome()).isEqualTo(Map.of("updated", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("published");
  }

  @Test
  void aCompanyThatTheTeamArchivedStaysArchived() {
    appears();
    register.execute("update company set publication = 'archived'");
    assertThat(register.units(unit(ALPHA)).byOutcome()).isEqualTo(Map.of("unchanged", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("archived");
  }

  @Test
  void aCompanyThatLeavesTheRegionIsArchived() {
    appears();
    RecordedReport report =
        register.establishments(
            establishment(siret(ALPHA, 2), "75101"),
            branch(siret(ALPHA, 1), "31555", "etatAdministratif", "F"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("outside_region", 1L, "updated", 1L));
    assertThat(report.skipped()).extracting(RecordedReport.Row::line).containsExactly(2L);
    assertThat(register.standing(ALPHA)).isEqualTo("archived");
  }

  @Test
  void aCompanyWhosePlaceClosesGoesToAnotherOpenOne() {
    register.units(unit(ALPHA));
    register.establishments(
        establishment(siret(ALPHA, 1), "31555"), branch(siret(ALPHA, 2), "34172"));
    assertThat(
            register
                .establishments(establishment(siret(ALPHA, 1), "31555", "etatAdministratif", "F"))
                .byOutcome())
        .isEqualTo(Map.of("updated", 1L));
    assertThat(register.company(ALPHA, "commune, publication"))
        .isEqualTo(Map.of("commune", "34172", "publication", "published"));
  }

  @Test
  void aMaskedUnitLeavesNoValueAnywhere() {
    appears();
    register.units(unit(ALPHA, "denomination", "SECRET NAME"), unit(BETA));
    assertThat(register.count("audit_image where document::text like '%SECRET NAME%'")).isOne();
    String id = register.company(ALPHA, "id").getOrDefault("id", "");
    RecordedReport report =
        register.units(unit(ALPHA, "statutDiffusion", "P", "denomination", "[ND]"));
    assertThat(report.byOutcome()).isEqualTo(Map.of("updated", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("absent");
    assertThat(register.list("select siren from register_unit")).containsExactly(BETA);
    assertThat(register.count("register_establishment")).isZero();
    assertThat(register.count("company_state")).isZero();
    for (String log : List.of("audit_image", "public_change")) {
      assertThat(
              register.list(
                  "select revision || ' ' || coalesce(document::text, 'null') from "
                      + log
                      + " where id = '"
                      + id
                      + "'"))
          .containsExactly(register.revision() + " null");
    }
    assertThat(register.count("erasure")).isZero();
    assertThat(register.count("erasure_transaction")).isZero();
  }

  @Test
  void aMaskedUnitStaysSkippedWithoutItsValue() {
    appears();
    register.units(unit(ALPHA, "statutDiffusion", "P"));
    assertThat(register.units(unit(ALPHA, "statutDiffusion", "P")).skipped())
        .containsExactly(
            new RecordedReport.Row(
                2,
                "statutDiffusionUniteLegale",
                null,
                "not_diffusible",
                Reason.NOT_DIFFUSIBLE.text()));
  }

  @Test
  void aMaskedHeadOfficePurgesTheUnit() {
    appears();
    assertThat(
            register
                .establishments(establishment(siret(ALPHA, 1), "[ND]", "statutDiffusion", "P"))
                .byOutcome())
        .isEqualTo(Map.of("updated", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("absent");
    assertThat(register.count("register_unit")).isZero();
    assertThat(register.count("audit_image where document ->> 'siren' is not null")).isZero();
  }

  @Test
  void aMaskedBranchIsForgottenAndTheCompanyGoesOn() {
    register.units(unit(ALPHA));
    register.establishments(
        branch(siret(ALPHA, 1), "31555", "libelleVoie", "RUE SECRETE"),
        branch(siret(ALPHA, 2), "34172"));
    assertThat(register.company(ALPHA, "siret")).containsValue(siret(ALPHA, 1));
    assertThat(
            register
                .establishments(branch(siret(ALPHA, 1), "[ND]", "statutDiffusion", "P"))
                .byOutcome())
        .isEqualTo(Map.of("updated", 1L));
    assertThat(register.company(ALPHA, "siret, publication"))
        .isEqualTo(Map.of("siret", siret(ALPHA, 2), "publication", "published"));
    assertThat(register.count("audit_image where document::text like '%SECRETE%'")).isZero();
    assertThat(register.count("public_change where document::text like '%SECRETE%'")).isZero();
    assertThat(register.count("audit_image where type = 'company'")).isOne();
  }

  @Test
  void aCompanyLeavesAMaskedBranchWhateverTheLoadIsScopedTo() {
    register.units(unit(ALPHA, "activitePrincipale", "43.12B"));
    register.establishments(branch(siret(ALPHA, 1), "31555"), branch(siret(ALPHA, 2), "34172"));
    register.establishments(
        new ImportOptions(List.of(), "31555", "test"),
        branch(siret(ALPHA, 1), "[ND]", "statutDiffusion", "P"));
    assertThat(register.company(ALPHA, "siret")).containsValue(siret(ALPHA, 2));
  }

  @Test
  void theOnlyPlaceBeingAMaskedBranchPurgesTheCompany() {
    register.units(unit(ALPHA));
    register.establishments(branch(siret(ALPHA, 1), "31555"));
    register.establishments(branch(siret(ALPHA, 1), "[ND]", "statutDiffusion", "P"));
    assertThat(register.standing(ALPHA)).isEqualTo("absent");
    assertThat(register.count("register_unit")).isZero();
    assertThat(register.count("audit_image where document ->> 'siren' is not null")).isZero();
  }

  @Test
  void theLogOfACompanyThatWentBeforeIsErasedToo() {
    appears();
    register.execute("delete from company");
    assertThat(register.count("audit_image where document ->> 'siren' is not null")).isOne();
    register.units(unit(ALPHA, "statutDiffusion", "N"));
    assertThat(register.count("audit_image where document ->> 'siren' is not null")).isZero();
  }

  @Test
  void erasureHoldsForSqlByHandAndForConstraintsCheckedEarly() {
    appears();
    register.transaction(
        handle -> {
          handle.execute("select erase_history_at_commit('company', id::text) from company");
          handle.execute("update company set name = 'After'");
          handle.execute("set constraints all immediate");
          handle.execute("update company set legal_name = 'After'");
        });
    for (String log : List.of("audit_image", "public_change")) {
      assertThat(
              register.list(
                  "select (document ->> 'name') || (document ->> 'legalName') from "
                      + log
                      + " where type = 'company'"))
          .containsExactly("AfterAfter");
    }
    assertThat(register.count("erasure")).isZero();
  }

  @Test
  void anErasureThatIsRolledBackForgetsNothing() {
    appears();
    register.rolledBack(
        handle -> {
          handle.execute("delete from company");
          handle.execute("select erase_history_at_commit('company', id) from audit_image");
          handle.execute("set constraints all immediate");
        });
    assertThat(register.count("audit_image where document ->> 'siren' is not null")).isOne();
  }

  @Test
  void aUnitThatTurnsOutToBeASoleTraderIsPurged() {
    appears();
    assertThat(register.units(unit(ALPHA, "categorieJuridique", "1000")).byOutcome())
        .isEqualTo(Map.of("updated", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("absent");
    assertThat(register.count("register_establishment")).isZero();
  }

  @Test
  void aMembersEntryIsOnlyFilledWhereItIsEmpty() {
    member("name, legal_name", "'Alpha & Co', 'Alpha SAS'");
    register.units(unit(ALPHA));
    assertThat(register.company(ALPHA, "name, legal_name, siret, naf, commune, slug, source"))
        .isEqualTo(
            Map.of(
                "name",
                "Alpha & Co",
                "legal_name",
                "Alpha SAS",
                "naf",
                "62.01Z",
                "commune",
                "09001",
                "slug",
                "alpha-member",
                "source",
                "cluster"));
    assertThat(
            register
                .establishments(
                    establishment(siret(ALPHA, 1), "31555", "libelleVoie", "RUE DES ARTS"))
                .byOutcome())
        .isEqualTo(Map.of("updated", 1L));
    assertThat(register.company(ALPHA, "siret, commune, address"))
        .isEqualTo(Map.of("siret", siret(ALPHA, 1), "commune", "09001"));
    assertThat(register.units(unit(ALPHA)).byOutcome()).isEqualTo(Map.of("unchanged", 1L));
    assertThat(register.count("membership where left_on is null")).isOne();
    assertThat(register.count("company")).isOne();
  }

  @Test
  void aMemberKnownByItsSiretAloneIsNotDoubled() {
    register.execute(
        "insert into company (id, slug, name, siret, commune, source) values (gen_random_uuid(),"
            + " 'alpha-member', 'Alpha', '"
            + siret(ALPHA, 1)
            + "', '31555', 'cluster')");
    register.units(unit(ALPHA));
    assertThat(register.establishments(establishment(siret(ALPHA, 1), "31555")).byOutcome())
        .isEqualTo(Map.of("unchanged", 1L));
    assertThat(register.count("company")).isOne();
  }

  @Test
  void aMemberLosesThePlaceThatTheRegisterGaveWhenItIsAMaskedBranch() {
    member("name", "'Alpha'");
    register.units(unit(ALPHA));
    register.establishments(branch(siret(ALPHA, 1), "31555"));
    assertThat(register.company(ALPHA, "siret")).containsValue(siret(ALPHA, 1));
    register.establishments(branch(siret(ALPHA, 1), "[ND]", "statutDiffusion", "P"));
    assertThat(register.company(ALPHA, "name, legal_name, siret"))
        .isEqualTo(Map.of("name", "Alpha", "legal_name", "ALPHA LOGICIELS"));
    assertThat(register.count("audit_image where document ->> 'siret' is not null")).isZero();
  }

  @Test
  void aMemberWhoseUnitClosesStaysAMember() {
    member("name", "'Alpha'");
    register.units(unit(ALPHA));
    assertThat(register.units(unit(ALPHA, "etatAdministratif", "C")).byOutcome())
        .isEqualTo(Map.of("closed", 1L));
    assertThat(register.standing(ALPHA)).isEqualTo("published");
  }

  @Test
  void aMaskedMemberKeepsItsOwnValuesAndLosesThoseOfTheRegister() {
    member("name, naf, naf_nomenclature", "'Alpha', '62.02A', 'NAFRev2'");
    register.units(unit(ALPHA));
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    assertThat(register.company(ALPHA, "legal_name")).containsValue("ALPHA LOGICIELS");
    assertThat(register.units(unit(ALPHA, "statutDiffusion", "P")).byOutcome())
        .isEqualTo(Map.of("updated", 1L));
    assertThat(register.company(ALPHA, "name, legal_name, siret, naf"))
        .isEqualTo(Map.of("name", "Alpha", "naf", "62.02A"));
    assertThat(register.count("membership")).isOne();
    assertThat(register.count("audit_image where document::text like '%ALPHA LOGICIELS%'"))
        .isZero();
    assertThat(register.count("public_change where document::text like '%ALPHA LOGICIELS%'"))
        .isZero();
    assertThat(register.count("audit_image where document ->> 'name' = 'Alpha'")).isGreaterThan(1);
    assertThat(register.units(unit(ALPHA, "statutDiffusion", "P")).byOutcome())
        .isEqualTo(Map.of("not_diffusible", 1L));
  }

  @Test
  void whatTheRegisterGaveBeforeACompanyBecameAMemberIsTakenBackWhenItIsMasked() {
    register.units(unit(ALPHA, "trancheEffectifs", "12"));
    register.establishments(
        establishment(
            siret(ALPHA, 1),
            "31555",
            "libelleVoie",
            "RUE DES ARTS",
            "coordonneeLambertAbscisse",
            "574357.82",
            "coordonneeLambertOrdonnee",
            "6279642.97"));
    register.execute(
        "insert into membership select id, '2020-01-01', null, 'digital113' from company");
    register.execute("update company set source = 'cluster', legal_name = 'Its own'");
    register.units(unit(ALPHA, "statutDiffusion", "P"));
    assertThat(
            register.company(
                ALPHA, "name, legal_name, siret, naf, address, latitude, longitude, size_class"))
        .isEqualTo(Map.of("name", "ALPHA LOGICIELS", "legal_name", "Its own", "size_class", "NN"));
  }

  private void appears() {
    register.units(unit(ALPHA));
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
    assertThat(register.standing(ALPHA)).isEqualTo("published");
  }

  private void member(String columns, String values) {
    register.execute(
        "insert into company (id, slug, siren, commune, publication, source, "
            + columns
            + ")"
            + " values (gen_random_uuid(), 'alpha-member', '"
            + ALPHA
            + "', '09001', 'published', 'cluster', "
            + values
            + ")");
    register.execute(
        "insert into membership select id, '2020-01-01', null, 'digital113' from company");
  }
}
