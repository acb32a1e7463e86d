package fr.digital113.directory.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What later files do to a directory that has companies in it. */
class NextVintageTest {
  private static final String COMMUNES = "communes-occitanie.csv";
  private static final String FORMER = "communes-anciennes-occitanie.csv";
  private static final String BALMA = "31044";
  private static final String FLOURENS = "31184";

  private static final MigratedDatabase.Content LOADED =
      MigratedDatabase.with(jdbi -> new ReferenceLoader(jdbi, Optional.empty()).load());

  @RegisterExtension final MigratedDatabase migrated = LOADED.database();

  @TempDir Path folder = Path.of("");
  @TempDir Path laterFolder = Path.of("");

  private final ReferenceDatabase database = ReferenceDatabase.of(migrated);

  @Test
  void touchesNothingWhenTheFilesAreTheSame() {
    Map<String, String> before = database.map("select name, loaded_at from reference_vintage");

    builtIn().load();

    assertThat(database.revision()).isEqualTo(1);
    assertThat(database.map("select name, loaded_at from reference_vintage")).isEqualTo(before);
  }

  @Test
  void touchesNoContentWhenOnlyTheEditionDiffers() throws IOException {
    NextVintage next = geography("2027-01-01");
    // The cluster's sources would follow the new edition.
    database.execute("delete from cluster");
    database.execute("insert into cluster values ('other', 'Other', '{}')");
    long before = database.revision();

    next.loader(database.jdbi()).load();

    assertThat(database.revision()).isEqualTo(before);
    assertThat(editionOf("geography")).isEqualTo("2027-01-01");
  }

  @Test
  void movesTheCompaniesOfAMergedCommune() throws IOException {
    company("01890000-0000-7000-8000-000000000001", "here", FLOURENS);
    company("01890000-0000-7000-8000-000000000002", "there", BALMA);
    database.execute("update company_state set valid_from = '2020-01-01'");
    long before = database.revision();

    merged(geography("2027-01-01")).loader(database.jdbi()).load();

    assertThat(database.map("select slug, commune from company"))
        .isEqualTo(Map.of("here", BALMA, "there", BALMA));
    assertThat(database.strings("select code from territory where code = ?", FLOURENS)).isEmpty();
    assertThat(database.string("select current_commune(?)", FLOURENS)).isEqualTo(BALMA);
    assertThat(database.count("select count(*) from territory where level = 'commune'"))
        .isEqualTo(4445);
    assertThat(database.revision()).isEqualTo(before + 1);
    assertThat(
            database.strings(
                "select type || ' ' || id || case when document is null then ' removed' else '' end from public_change where revision = ? order by 1",
                before + 1))
        .containsExactly(
            "cluster digital113",
            "company 01890000-0000-7000-8000-000000000001",
            // Their centres move with the merger.
            "territory 243100518",
            "territory 31",
            "territory " + BALMA,
            "territory " + FLOURENS + " removed",
            "territory 76");
  }

  @Test
  void leavesDatedHistoryWithTheCodesOfItsTime() throws IOException {
    company("01890000-0000-7000-8000-000000000001", "here", FLOURENS);
    database.execute("update company_state set valid_from = '2020-01-01'");

    merged(geography("2027-01-01")).loader(database.jdbi()).load();

    assertThat(database.strings("select commune from company_state order by valid_from"))
        .containsExactly(FLOURENS, BALMA);
  }

  @Test
  void movesWhateverElseRefersToAMergedCommune() throws IOException {
    database.execute("create table place_of_later (commune text references territory)");
    database.execute("insert into place_of_later values (?)", FLOURENS);

    merged(geography("2027-01-01")).loader(database.jdbi()).load();

    assertThat(database.strings("select commune from place_of_later")).containsExactly(BALMA);
  }

  @Test
  void followsMergersOverSeveralYears() throws IOException {
    company("01890000-0000-7000-8000-000000000001", "here", FLOURENS);
    merged(geography("2027-01-01")).loader(database.jdbi()).load();

    // The second year's list of former communes only knows the second merger.
    NextVintage.of(DataSet.GEOGRAPHY, "2028-01-01", laterFolder)
        .drop(COMMUNES, FLOURENS)
        .drop(COMMUNES, BALMA)
        .add(FORMER, BALMA + ",Balma,commune-deleguee,31555")
        .loader(database.jdbi())
        .load();

    assertThat(database.map("select slug, commune from company"))
        .isEqualTo(Map.of("here", "31555"));
    assertThat(database.string("select current_commune(?)", FLOURENS)).isEqualTo("31555");
    assertThat(database.string("select current_commune(?)", BALMA)).isEqualTo("31555");
  }

  @Test
  void bringsACommuneBackThatIsSplitAgain() throws IOException {
    merged(geography("2027-01-01")).loader(database.jdbi()).load();

    NextVintage.of(DataSet.GEOGRAPHY, "2028-01-01", laterFolder).loader(database.jdbi()).load();

    assertThat(database.string("select slug from territory where code = ?", FLOURENS))
        .isEqualTo("flourens");
    assertThat(database.string("select current_commune(?)", FLOURENS)).isEqualTo(FLOURENS);
    assertThat(database.count("select count(*) from former_commune")).isEqualTo(110);
  }

  @Test
  void refusesFilesInWhichACommuneVanishes() throws IOException {
    company("01890000-0000-7000-8000-000000000001", "here", FLOURENS);
    long before = database.revision();
    ReferenceLoader next =
        geography("2027-01-01")
            .drop(COMMUNES, FLOURENS)
            .replace(COMMUNES, ",Balma,", ",Balma-la-Neuve,")
            .loader(database.jdbi());

    assertThatThrownBy(next::load)
        .isInstanceOf(ReferenceRefusedException.class)
        .hasMessage(
            "these communes are no longer in communes-occitanie.csv, and communes-anciennes-occitanie.csv names no current commune for them: 31184 Flourens");
    next.loadOrKeep();

    assertThat(database.revision()).isEqualTo(before);
    assertThat(editionOf("geography")).isEqualTo("2026-01-01");
    assertThat(database.string("select name from territory where code = ?", BALMA))
        .isEqualTo("Balma");
    assertThat(database.map("select slug, commune from company"))
        .isEqualTo(Map.of("here", FLOURENS));
  }

  @Test
  void refusesAFormerCommuneThatLeadsNowhere() throws IOException {
    ReferenceLoader next =
        geography("2027-01-01")
            .add(FORMER, "31900,Ailleurs,commune-deleguee,99999")
            .loader(database.jdbi());

    assertThatThrownBy(next::load)
        .isInstanceOf(ReferenceRefusedException.class)
        .hasMessageEndingWith("lead to no commune of communes-occitanie.csv: 31900 -> 99999");
  }

  @Test
  void keepsSlugsAndLetsNewcomersGiveWay() throws IOException {
    geography("2027-01-01")
        .replace(COMMUNES, ",Flourens,", ",Balma,")
        .add(
            COMMUNES,
            """
            31999,Balma,31,313,243100518,213100999,31130,10,43.6,1.5,hexasmal
            34999,Balma,34,343,243400017,213400999,34000,10,43.6,3.9,hexasmal
            34998,Balma,34,343,243400017,213400998,34000,10,43.6,3.9,hexasmal
            34997,Toulouse Métropole,34,343,243400017,213400997,34000,10,43.6,3.9,hexasmal""")
        .loader(database.jdbi())
        .load();

    assertThat(
            database.map(
                "select code, slug from territory where name in ('Balma', 'Toulouse Métropole')"))
        .isEqualTo(
            Map.of(
                BALMA,
                "balma",
                FLOURENS,
                "flourens",
                "31999",
                "balma-31999",
                "34999",
                "balma-34999",
                "34998",
                "balma-34998",
                "34997",
                "toulouse-metropole-34",
                "243100518",
                "toulouse-metropole"));
  }

  @Test
  void leavesFlagsToTheTeam() throws IOException {
    database.execute("update territory set named_place = code = '31044' where level = 'commune'");

    geography("2027-01-01")
        .replace(COMMUNES, ",514819,", ",514820,")
        .loader(database.jdbi())
        .load();

    assertThat(database.strings("select code from territory where named_place"))
        .containsExactly(BALMA);
    assertThat(database.string("select population from territory where code = '31555'"))
        .isEqualTo("514820");
  }

  @Test
  void dropsAnEpciThatIsDissolved() throws IOException {
    geography("2027-01-01")
        .drop("epci-occitanie.csv", "246401756")
        .replace(COMMUNES, ",246401756,", ",200069300,")
        .loader(database.jdbi())
        .load();

    assertThat(database.count("select count(*) from territory where level = 'epci'"))
        .isEqualTo(163);
    assertThat(
            database.strings(
                "select container from territory_within where territory = '65018' order by 1"))
        .containsExactly("200069300", "65", "76");
  }

  @Test
  void leavesOlderFilesAside() throws IOException {
    merged(geography("2027-01-01")).loader(database.jdbi()).load();
    long before = database.revision();

    builtIn().load();

    assertThat(database.revision()).isEqualTo(before);
    assertThat(editionOf("geography")).isEqualTo("2027-01-01");
  }

  @Test
  void bringsOnlyNewSectorsToATeamThatKeepsItsOwn() throws IOException {
    database.execute("update sector set label_fr = 'Objets connectés' where slug = 'iot'");
    builtIn().load();
    assertThat(labelOf("iot")).isEqualTo("Objets connectés");

    NextVintage.of(DataSet.SECTORS, "2027-01", folder)
        .add("sectors.csv", "quantique,Informatique quantique,Quantum computing,NAFRev2:62.01Z")
        .loader(database.jdbi())
        .load();

    assertThat(labelOf("iot")).isEqualTo("Objets connectés");
    assertThat(labelOf("quantique")).isEqualTo("Informatique quantique");
    assertThat(database.strings("select code from sector_naf where sector = 'quantique'"))
        .containsExactly("62.01Z");
  }

  @Test
  void refusesASectorOfAnUnknownCode() throws IOException {
    ReferenceLoader next =
        NextVintage.of(DataSet.SECTORS, "2027-01", folder)
            .add("sectors.csv", "quantique,Informatique quantique,Quantum computing,NAFRev2:99.99X")
            .loader(database.jdbi());

    assertThatThrownBy(next::load)
        .isInstanceOf(ReferenceRefusedException.class)
        .hasMessageContaining("Key (nomenclature, code)=(NAFRev2, 99.99X) is not present");
    assertThat(database.strings("select slug from sector where slug = 'quantique'")).isEmpty();
  }

  @Test
  void keepsWhatTheTeamWroteAboutTheCluster() throws IOException {
    database.execute(
        "update cluster set document = document || '{\"means\": {\"permanentStaff\": 12}}'");

    geography("2027-01-01").loader(database.jdbi()).load();

    assertThat(database.string("select document #>> '{means,permanentStaff}' from cluster"))
        .isEqualTo("12");
    assertThat(
            database.map(
                """
                select s ->> 'code', coalesce(s ->> 'vintage', '') from cluster,
                  jsonb_array_elements(document -> 'dataSources') s
                """))
        .isEqualTo(
            Map.of(
                "geography", "2027-01-01",
                "commune-centres", "2019-06",
                "naf", "2025",
                "size-classes", "2026-11",
                "sirene", ""));
  }

  private NextVintage geography(String vintage) throws IOException {
    return NextVintage.of(DataSet.GEOGRAPHY, vintage, folder);
  }

  @Test
  void aSectorThatTheTeamHasDeletedDoesNotComeBack() throws IOException {
    database.execute("delete from sector where slug = 'edtech'");

    NextVintage.of(DataSet.SECTORS, "2027-01", folder)
        .add("sectors.csv", "quantique,Informatique quantique,Quantum computing,NAFRev2:62.01Z")
        .loader(database.jdbi())
        .load();

    assertThat(database.strings("select slug from sector where slug in ('edtech', 'quantique')"))
        .containsExactly("quantique");
  }

  @Test
  void theFlagsThatTheTeamHasSetStay() throws IOException {
    database.execute("update territory set named_place = false where code = '31555'");
    database.execute("update territory set funder = true where code = ?", BALMA);

    geography("2027-01-01").loader(database.jdbi()).load();

    assertThat(
            database.map(
                "select code, named_place || ' ' || funder from territory where code in (?, ?)",
                "31555",
                BALMA))
        .isEqualTo(Map.of("31555", "false false", BALMA, "false true"));
  }

  @Test
  void whatTheTeamSaidOfAMergedCommuneIsSaidOfItsSuccessor() throws IOException {
    database.execute("update territory set named_place = true where code = ?", FLOURENS);
    database.execute("update territory set funder = true where code = ?", BALMA);

    merged(geography("2027-01-01")).loader(database.jdbi()).load();

    assertThat(
            database.strings(
                "select french_tech || ' ' || funder || ' ' || named_place from territory where code = ?",
                BALMA))
        .containsExactly("false true true");
  }

  @Test
  void theClustersFactsStayAsTheTeamWroteThem() throws IOException {
    database.execute(
        "update cluster set name = 'D113', document = jsonb_set(document, '{means,years,0,permanentStaff}', '12')");

    geography("2027-01-01").loader(database.jdbi()).load();
    builtIn().load();

    assertThat(
            database.string(
                "select name || ' ' || (document #>> '{means,years,0,permanentStaff}') from cluster"))
        .isEqualTo("D113 12");
  }

  private static NextVintage merged(NextVintage next) throws IOException {
    return next.drop(COMMUNES, FLOURENS)
        .add(FORMER, FLOURENS + ",Flourens,commune-deleguee," + BALMA);
  }

  private ReferenceLoader builtIn() {
    return new ReferenceLoader(database.jdbi(), Optional.empty());
  }

  private String editionOf(String name) {
    return database.string("select vintage from reference_vintage where name = ?", name);
  }

  private String labelOf(String sector) {
    return database.string("select label_fr from sector where slug = ?", sector);
  }

  private void company(String id, String slug, String commune) {
    database.execute(
        """
        insert into company (id, slug, name, commune, publication, source)
        values (cast(? as uuid), ?, ?, ?, 'published', 'cluster')
        """,
        id,
        slug,
        slug,
        commune);
  }
}
