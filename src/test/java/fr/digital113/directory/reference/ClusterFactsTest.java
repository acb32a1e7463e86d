package fr.digital113.directory.reference;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.MigratedDatabase;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every published fact of the cluster is in the database, and points to what the directory holds.
 */
class ClusterFactsTest {
  @RegisterExtension static final MigratedDatabase DATABASE = new MigratedDatabase();

  private final ReferenceDatabase database = ReferenceDatabase.of(DATABASE);

  @BeforeAll
  static void load() {
    new ReferenceLoader(DATABASE.jdbi(), Optional.empty()).load();
  }

  @Test
  void tellsTheNameAndWhereItComesFrom() {
    assertThat(fact("name")).isEqualTo("Digital113");
    assertThat(fact("nameOrigin,en"))
        .isEqualTo(
            "After the national road 113, which links Toulouse and Montpellier, and \"1 + 1 = 3\".");
  }

  @Test
  void tellsTheLaunchAndTheMerger() {
    assertThat(fact("launch,date")).isEqualTo("2019-02-05");
    assertThat(each("launch,places", "name")).isEqualTo("Toulouse, Montpellier");
    assertThat(each("predecessors", "code")).isEqualTo("digitalplace, frenchsouth-digital");
    assertThat(each("predecessors", "name")).isEqualTo("DigitalPlace, FrenchSouth.digital");
    assertThat(each("predecessors", "foundingDate")).isEqualTo("2011, 2015");
    for (int i = 0; i < 2; i++) {
      assertThat(fact("predecessors," + i + ",merger"))
          .isEqualTo(
              "{\"date\": \"2019-02-05\", \"into\": \"digital113\", \"agreementDate\": \"2015\"}");
    }
    assertThat(fact("predecessors,1,origin,en"))
        .isEqualTo("Formed from three regional associations.");
    assertThat(each("history", "code"))
        .isEqualTo(
            "digitalplace-founded, frenchsouth-digital-founded, first-merger-agreement, launch");
    assertThat(each("history", "date")).isEqualTo("2011, 2015, 2015, 2019-02-05");
  }

  @Test
  void tellsWhoLeadsItAndWhereItIs() {
    assertThat(each("governance", "name")).isEqualTo("Daniel Benchimol, Pierre Deniset");
    assertThat(each("governance", "since")).isEqualTo("2019-02-05, 2019-02-05");
    assertThat(fact("governance,0,role,label,en")).isEqualTo("Co-president");
    assertThat(fact("governance,0,earlierRole,label,en"))
        .isEqualTo("Founding president of DigitalPlace");
    assertThat(fact("governance,1,earlierRole,label,en"))
        .isEqualTo("President of FrenchSouth.digital");
    assertThat(each("offices", "kind")).isEqualTo("head_office, secondary_establishment");
    assertThat(each("offices", "since")).isEqualTo("2019-02-05, 2019-02-05");
    assertThat(fact("offices,0,place,name")).isEqualTo("Toulouse");
    assertThat(fact("offices,1,place,name")).isEqualTo("Montpellier");
  }

  @Test
  void tellsItsMeansAndFunders() {
    assertThat(fact("means"))
        .isEqualTo(
            "{\"years\": [{\"year\": 2019, \"annualBudget\": {\"value\": 1200000, \"currency\": \"EUR\"}, \"permanentStaff\": 11}]}");
    assertThat(
            database.string(
                "select public_document #>> '{means,permanentStaff}' from cluster_document"))
        .isEqualTo("{\"asOf\": \"2019\", \"value\": 11}");
    assertThat(
            database.string(
                "select public_document #>> '{means,annualBudget}' from cluster_document"))
        .isEqualTo("{\"asOf\": \"2019\", \"value\": 1200000, \"currency\": \"EUR\"}");
    assertThat(each("funders", "since")).isEqualTo("2019-02-05, ".repeat(6) + "2019-02-05");
    assertThat(
            database.string(
                """
                select string_agg(f #>> '{territory,code}', ', ' order by n)
                from cluster, jsonb_array_elements(document -> 'funders') with ordinality e (f, n)
                """))
        .isEqualTo("76, 243100518, 243400017, 243000643, 200027183, 243100633, 200035715");
  }

  @Test
  void tellsItsSizeAndItsObjective() {
    assertThat(fact("membersAtLaunch,companies,value")).isEqualTo("400");
    assertThat(fact("membersAtLaunch,jobs")).isEqualTo("{\"value\": 17000, \"approximate\": true}");
    assertThat(fact("membersAtLaunch,regionalShare,en"))
        .isEqualTo("Barely a third of the digital workforce of Occitanie.");
    assertThat(each("objectives", "code")).isEqualTo("members");
    assertThat(each("objectives", "baseline")).isEqualTo("400");
    assertThat(each("objectives", "baselineOn")).isEqualTo("2019-02-05");
    assertThat(each("objectives", "since")).isEqualTo("2019-02-05");
    assertThat(each("objectives", "target")).isEqualTo("800");
    assertThat(each("objectives", "deadline")).isEqualTo("2022-02-05");
    assertThat(fact("referenceFigures")).isEqualTo("[]");
  }

  @Test
  void tellsItsPlacesAndItsStrengths() {
    assertThat(each("territories,places", "name"))
        .isEqualTo(
            "Toulouse, Montpellier, Nîmes, Perpignan, Tarbes, Rodez, Albi, Castres, Auch, Mende, Carcassonne");
    assertThat(fact("territories,places,0,frenchTech,code")).isEqualTo("243100518");
    assertThat(fact("territories,places,1,frenchTech,code")).isEqualTo("243400017");
    assertThat(fact("territories,places,2,frenchTech")).isEqualTo("absent");
    assertThat(fact("territories,aim,en")).isEqualTo("To reach every département of the region.");
    assertThat(each("strengths,0,sectors", "slug")).isEqualTo("systemes-embarques, iot");
    assertThat(each("strengths,1,sectors", "slug")).isEqualTo("multimedia, jeux-video");
    assertThat(each("otherSectors", "slug"))
        .isEqualTo("e-sante, green-it, foodtech, sporttech, fintech");
  }

  @Test
  void tellsHowItsMembersWorkTogether() {
    assertThat(fact("factories,count,value")).isEqualTo("18");
    assertThat(fact("factories,description,en"))
        .isEqualTo(
            "Working groups across Occitanie, each led by a pair of members; they meet regularly and propose collective actions and collaborative projects.");
    assertThat(fact("workshops,name,fr")).isEqualTo("Tables à secousses");
    assertThat(fact("workshops,origin,description,en"))
        .isEqualTo("A DigitalPlace recipe, now offered to every member.");
  }

  @Test
  void attributesEverySource() {
    assertThat(each("dataSources", "code"))
        .isEqualTo("geography, commune-centres, naf, size-classes, sirene");
    assertThat(
            database.strings(
                """
                select s ->> 'code' from cluster, jsonb_array_elements(document -> 'dataSources') s
                where not jsonb_exists_all(
                  s, array['name', 'producer', 'licence', 'licenceUrl', 'vintage', 'attribution'])
                """))
        .isEmpty();
    assertThat(fact("licence,name")).isEqualTo("Licence Ouverte 2.0");
  }

  @Test
  void pointsOnlyToTerritoriesAndSectorsThatExist() {
    assertThat(
            database.strings(
                """
                select t from cluster, jsonb_path_query(document, 'strict $.**') t
                where jsonb_typeof(t) = 'object' and jsonb_exists_all(t, array['code', 'level'])
                  and (t ->> 'code', t ->> 'level', t ->> 'name') not in
                    (select code, level, name from territory)
                """))
        .isEmpty();
    assertThat(
            database.strings(
                """
                select s ->> 'slug' from cluster, jsonb_path_query(document, 'strict $.**') s
                where jsonb_typeof(s) = 'object' and jsonb_exists_all(s, array['slug', 'label'])
                  and s ->> 'slug' not in (select slug from sector)
                """))
        .isEmpty();
  }

  @Test
  void saysEverythingInBothLanguages() {
    assertThat(
            database.strings(
                """
                select t from cluster, jsonb_path_query(document, 'strict $.**') t
                where jsonb_typeof(t) = 'object' and jsonb_exists_any(t, array['fr', 'en'])
                  and not jsonb_exists_all(t, array['fr', 'en'])
                """))
        .isEmpty();
  }

  private String fact(String path) {
    return database.string(
        "select coalesce(document #>> cast(? as text[]), 'absent') from cluster_document",
        "{" + path + "}");
  }

  /** One field of every element of a list, in its order. */
  private String each(String path, String field) {
    return database.string(
        """
        select string_agg(e ->> ?, ', ' order by n)
        from cluster_document, jsonb_array_elements(document #> cast(? as text[])) with ordinality l (e, n)
        """,
        field,
        "{" + path + "}");
  }
}
