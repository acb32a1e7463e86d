package fr.digital113.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MembersImportTest {
  private static final String SIREN = "732829320";
  private static final String OTHER_SIREN = "404833048";

  @Inject Jdbi jdbi;
  @Inject ImportKinds kinds;
  @Inject ImportRun importRun;
  private Loads loads;

  @BeforeEach
  void reset() {
    loads = new Loads(jdbi, kinds, importRun);
    loads.reset();
  }

  private RowCounts load(String csv) {
    return loads.load("members", csv).rows();
  }

  @Test
  void createsAPublishedMemberFromFrenchHeaders() {
    RowCounts rows =
        load(
            """
            Nom;Code commune;Secteurs;Effectif;Date adhésion;Origine;Recrute;Marchés export;Réseaux sociaux;Site web
             Œuvre  Numérique ;31555;Internet des objets|e-sante;12;05/02/2019;digital113;oui;de|FR;LinkedIn=linkedin.com/x;oeuvre.example.org
            """);

    assertThat(rows).isEqualTo(new RowCounts(1, 1, 0, 0, 0, 0));
    assertThat(
            loads.rows(
                """
                select slug, name, commune, headcount, size_class, hiring, export_markets::text, social::text, website,
                  publication, source, (select string_agg(sector, ',' order by position) from company_sector),
                  (select joined_on || ' ' || origin from membership) from company
                """))
        .containsExactly(
            "oeuvre-numerique|Œuvre Numérique|31555|12|11|true|{DE,FR}|{\"linkedin\": \"https://linkedin.com/x\"}"
                + "|https://oeuvre.example.org|published|cluster|iot,e-sante|2019-02-05 digital113");
  }

  @Test
  void changesNothingTheSecondTime() {
    String csv =
        """
        name,commune,sectors,siren,headcount,joinedOn,website,social
        Alpha,31555,iot,%s,12,2019-02-05,https://a.example.org,x=https://x.example.org
        Alpha,34172,iot,,,2019-02-05,,
        Alpha,34172,iot,%s,0,2019-02-05,,
        """
            .formatted(SIREN, OTHER_SIREN);
    RowCounts first =
        load(csv.replace("34172,iot,%s".formatted(OTHER_SIREN), "09122,iot," + OTHER_SIREN));
    long revision = loads.revision();

    RowCounts second =
        load(csv.replace("34172,iot,%s".formatted(OTHER_SIREN), "09122,iot," + OTHER_SIREN));

    assertThat(first).isEqualTo(new RowCounts(3, 3, 0, 0, 0, 0));
    assertThat(second).isEqualTo(new RowCounts(3, 0, 0, 3, 0, 0));
    assertThat(loads.revision()).isEqualTo(revision);
    assertThat(loads.rows("select slug, commune from company order by slug"))
        .containsExactly("alpha|31555", "alpha-2|34172", "alpha-3|09122");
  }

  @Test
  void keepsTheGoodRowsBesideTheBadOnes() {
    Loads.Result result =
        loads.load(
            "members",
            """
            name,commune,sectors,siren,siret,website,sizeClass,headcount,latitude,longitude
            Good,31555,iot,,,,,,,
            ,31555,iot,,,,,,,
            Lost digits,31555,iot,,"3,56E+13",,,,,
            Luhn,31555,iot,123456789,,,,,,
            Nowhere,99999,iot,,,,,,,
            By name,Toulouse,iot,,,,,,,
            No sector,31555,nope,,,,,,,
            Script,31555,iot,,,javascript:alert(1),,,,
            <script>x,31555,iot,,,,,,,
            Contradiction,31555,iot,,,,11,3,,
            Half a place,31555,iot,,,,,,43.6,
            Too long,31555,iot,,,,,,,,more
            =1+1,31555,iot,,,,,,"43,5","-1,5"
            """);

    assertThat(result.rows()).isEqualTo(new RowCounts(13, 2, 0, 0, 0, 11));
    assertThat(result.lines())
        .containsExactly(
            "3 rejected name required",
            "4 rejected siret digits_lost",
            "5 rejected siren invalid_siren",
            "6 rejected commune unknown_commune",
            "7 rejected commune unknown_commune",
            "8 rejected sectors unknown_sector",
            "9 rejected website invalid_url",
            "10 rejected name html",
            "11 rejected sizeClass size_class_contradicts_headcount",
            "12 rejected longitude required",
            "13 rejected null extra_cell");
    assertThat(loads.rows("select name, slug, latitude, longitude from company order by slug"))
        .containsExactly("=1+1|1-1|43.5|-1.5", "Good|good|null|null");
  }

  @Test
  void repairsWhatIsCertainAndSaysSo() {
    Loads.Result result =
        loads.load(
            "members",
            """
            name,commune,sectors,siren,siret,postalCode,sizeClass,naf
            Foix,9122,iot,732 829 320,732.829.320 00074,9000,1,6201Z
            Aulos,09028,iot,,,,,62.10Y
            """);

    assertThat(result.rows().created()).isEqualTo(2);
    assertThat(result.lines())
        .containsExactly(
            "2 repaired siren repaired",
            "2 repaired siret repaired",
            "2 repaired commune repaired",
            "2 repaired sizeClass repaired",
            "2 repaired postalCode repaired",
            "3 repaired commune repaired");
    assertThat(
            loads.rows(
                "select name, commune, siren, siret, postal_code, size_class, naf, naf_nomenclature from company order by name"))
        .containsExactly(
            "Aulos|09296|null|null|null|NN|62.10Y|NAF2025",
            "Foix|09122|732829320|73282932000074|09000|01|62.01Z|NAFRev2");
  }

  @Test
  void matchesByIdThenSirenThenSlugAndRefusesTwoCompaniesInOneRow() {
    load(
        "name,commune,sectors,siren\nAlpha,31555,iot,%s\nBeta,31555,iot,%s\n"
            .formatted(SIREN, OTHER_SIREN));
    String alpha = loads.rows("select id from company where slug = 'alpha'").get(0);

    Loads.Result result =
        loads.load(
            "members",
            """
            id,siren,slug,name
            %s,%s,,Both
            ,%s,,Bee
            %s,,alpha-one,Alpha One
            ,,unknown,New one
            """
                .formatted(alpha, OTHER_SIREN, OTHER_SIREN, alpha));

    assertThat(result.lines())
        .containsExactly("2 rejected null conflicting_references", "5 rejected commune required");
    assertThat(result.rows()).isEqualTo(new RowCounts(4, 0, 2, 0, 0, 2));
    assertThat(loads.rows("select slug, name, siren from company order by slug"))
        .containsExactly("alpha-one|Alpha One|null", "beta|Bee|" + OTHER_SIREN);
  }

  @Test
  void refusesTheSecondRowOfOneCompany() {
    Loads.Result result =
        loads.load(
            "members",
            """
            name,commune,sectors,siren,slug
            Alpha,31555,iot,%s,
            Alpha bis,31555,iot,%s,
            Gamma,31555,iot,,
            Gamma,31555,iot,,
            Delta,31555,iot,,gamma
            """
                .formatted(SIREN, SIREN));

    assertThat(result.lines())
        .containsExactly("3 rejected siren duplicate_row", "5 rejected name duplicate_row");
    assertThat(loads.rows("select slug, name from company order by slug"))
        .containsExactly("alpha|Alpha", "gamma|Delta", "gamma-2|Gamma");
  }

  @Test
  void leavesAbsentColumnsAloneAndClearsEmptyCells() {
    load("name,commune,sectors,website,phone\nAlpha,31555,iot,https://a.example.org,+33 5 61\n");

    RowCounts rows = load("slug,website\nalpha,\n");

    assertThat(rows).isEqualTo(new RowCounts(1, 0, 1, 0, 0, 0));
    assertThat(loads.rows("select name, website, phone from company"))
        .containsExactly("Alpha|null|+33 5 61");
  }

  @Test
  void turnsACompanyOfTheRegisterIntoAMember() {
    jdbi.useHandle(
        database ->
            database.execute(
                "insert into company (id, slug, name, siren, commune, publication, source) values (gen_random_uuid(), 'reg', 'REG', ?, '31555', 'published', 'register')",
                SIREN));

    RowCounts rows =
        load("name,siren,commune,sectors,joinedOn\nReg,%s,31555,iot,2020-01-01\n".formatted(SIREN));

    assertThat(rows.updated()).isEqualTo(1);
    assertThat(loads.rows("select slug, name, source from company"))
        .containsExactly("reg|Reg|cluster");
  }

  @Test
  void endsAMembershipAndStartsAnother() {
    load("name,commune,sectors,joinedOn,origin\nAlpha,31555,iot,2012-01-01,digitalplace\n");
    assertThat(load("slug,joinedOn,leftOn\nalpha,2012-01-01,2018-01-01\n").updated()).isEqualTo(1);
    assertThat(load("slug,joinedOn,leftOn\nalpha,2020-06-01,\n").updated()).isEqualTo(1);

    assertThat(loads.rows("select joined_on, left_on, origin from membership order by joined_on"))
        .containsExactly("2012-01-01|2018-01-01|digitalplace", "2020-06-01|null|digital113");
  }

  @Test
  void refusesAMembershipThatOverlapsOrHasNoKnownOrigin() {
    load("name,commune,sectors,joinedOn,origin\nAlpha,31555,iot,2012-01-01,digitalplace\n");

    Loads.Result result =
        loads.load(
            "members",
            """
            slug,name,commune,sectors,joinedOn,leftOn
            alpha,Alpha,31555,iot,2015-01-01,
            ,Beta,31555,iot,2015-01-01,
            ,Gamma,31555,iot,2020-01-01,2019-12-31
            ,Delta,31555,iot,,2019-12-31
            """);

    assertThat(result.lines())
        .containsExactlyInAnyOrder(
            "4 rejected leftOn left_before_joined",
            "5 rejected joinedOn required",
            "2 rejected joinedOn overlapping_membership",
            "3 rejected origin required");
    assertThat(loads.rows("select joined_on, left_on from membership"))
        .containsExactly("2012-01-01|null");
  }

  @Test
  void changesNothingInADryRunButSaysWhatWould() {
    long revision = loads.revision();

    Loads.Result result =
        loads.dryRun("members", "name,commune,sectors\nAlpha,31555,iot\nBad,1,iot\n");

    assertThat(result)
        .isEqualTo(
            new Loads.Result(
                new RowCounts(2, 1, 0, 0, 0, 1), List.of("3 rejected commune unknown_commune")));
    assertThat(loads.rows("select * from company")).isEmpty();
    assertThat(loads.revision()).isEqualTo(revision);
  }

  @Test
  void namesTheValidColumnsWhenOneIsUnknown() {
    assertThatThrownBy(() -> kinds.named("members").checkHeader(List.of("name", "turnover")))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("Unknown column \"turnover\". Valid columns: id, slug, name,");
  }
}
