package fr.digital113.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FactoriesImportTest {
  @Inject Jdbi jdbi;
  @Inject ImportKinds kinds;
  @Inject ImportRun importRun;
  private Loads loads;

  @BeforeEach
  void reset() {
    loads = new Loads(jdbi, kinds, importRun);
    loads.reset();
    loads.load(
        "members",
        """
        name,commune,sectors,joinedOn
        Alpha,31555,iot,2019-02-05
        Beta,34172,iot,2019-02-05
        Gamma,09122,iot,2019-02-05
        Guest,31555,iot,
        """);
  }

  @Test
  void createsAFactoryWithItsPairAndParticipants() {
    RowCounts rows =
        loads
            .load(
                "factories",
                """
                name,missionFr,sectors,status,lead1,lead1Since,lead2,lead2Since,participants
                E-santé,Soigner,e-sante,active,alpha,2019-03-01,beta,2019-03-01,gamma|guest
                """)
            .rows();

    assertThat(rows).isEqualTo(new RowCounts(1, 1, 0, 0, 0, 0));
    assertThat(
            loads.rows(
                """
                select f.slug, f.status, f.mission_fr,
                  (select string_agg(c.slug || ' ' || l.since, ',' order by c.slug) from factory_lead l join company c on c.id = l.company) as leads,
                  (select string_agg(c.slug, ',' order by c.slug) from factory_participant p join company c on c.id = p.company) as participants
                from factory f
                """))
        .containsExactly("e-sante|active|Soigner|alpha 2019-03-01,beta 2019-03-01|gamma,guest");
  }

  @Test
  void refusesAnActiveFactoryWithoutTwoMemberLeadsAndKeepsTheOthers() {
    Loads.Result result =
        loads.load(
            "factories",
            """
            name,status,lead1,lead2
            One,active,alpha,
            Same,active,alpha,alpha
            Outsider,active,alpha,guest
            Nobody,active,alpha,nobody
            Fine,active,alpha,beta
            Forming,forming,gamma,
            Fine,active,alpha,beta
            """);

    assertThat(result.lines())
        .containsExactly(
            "2 rejected lead2 two_leads",
            "3 rejected lead2 two_leads",
            "4 rejected lead2 lead_not_member",
            "5 rejected lead2 unknown_company",
            "8 rejected name duplicate_row");
    assertThat(loads.rows("select slug, status from factory order by slug"))
        .containsExactly("fine|active", "forming|forming");
  }

  @Test
  void keepsTheHistoryOfLeadsThatChange() {
    loads.load(
        "factories",
        "name,status,lead1,lead1Since,lead2,lead2Since\nFine,active,alpha,2019-03-01,beta,2019-03-01\n");

    RowCounts rows =
        loads
            .load(
                "factories",
                "slug,status,lead1,lead1Since,lead2,lead2Since\nfine,active,alpha,,gamma,2020-01-01\n")
            .rows();

    assertThat(rows.updated()).isEqualTo(1);
    assertThat(
            loads.rows(
                "select c.slug, since, until from factory_lead join company c on c.id = company order by c.slug"))
        .containsExactly(
            "alpha|2019-03-01|null", "beta|2019-03-01|2020-01-01", "gamma|2020-01-01|null");
  }

  @Test
  void changesNothingTheSecondTime() {
    String csv =
        "name,sectors,status,lead1,lead2,participants\nFine,iot,active,alpha,beta,gamma|guest\n";
    loads.load("factories", csv);
    long revision = loads.revision();

    assertThat(loads.load("factories", csv).rows()).isEqualTo(new RowCounts(1, 0, 0, 1, 0, 0));
    assertThat(loads.revision()).isEqualTo(revision);
  }

  private void daysPass(int days) {
    jdbi.useTransaction(
        database -> {
          database.execute("update factory_state set valid_from = valid_from - ?", days);
          database.execute(
              "update factory_participation set since = since - ?, until = until - ?", days, days);
        });
  }

  private List<String> participation() {
    return loads.rows(
        """
        select c.slug, coalesce((p.since - directory_today())::text, 'ever') as began, coalesce((p.until - directory_today())::text, 'open') as ended
        from factory_participation p join company c on c.id = p.company order by c.slug, p.since nulls first
        """);
  }

  @Test
  void keepsWhoTookPartThroughImportsThatAreRepeatedAndChanged() {
    String both = "name,participants\nFine,gamma|guest\n";
    loads.load("factories", both);
    loads.load("factories", both);
    assertThat(participation()).containsExactly("gamma|ever|open", "guest|ever|open");

    daysPass(30);
    loads.load("factories", "slug,participants\nfine,gamma|alpha\n");
    loads.load("factories", "slug,participants\nfine,gamma|alpha\n");
    assertThat(participation()).containsExactly("alpha|0|open", "gamma|ever|open", "guest|ever|0");

    loads.load("factories", both);
    assertThat(participation()).containsExactly("gamma|ever|open", "guest|ever|open");

    loads.load("factories", "slug,participants\nfine,gamma\n");
    daysPass(30);
    loads.load("factories", both);
    assertThat(participation())
        .containsExactly("gamma|ever|open", "guest|ever|-30", "guest|0|open");
  }

  @Test
  void refusesALeadThatWouldHaveBeenTheThirdOfADay() {
    loads.load(
        "factories",
        "name,status,lead1,lead1Since,lead2,lead2Since\nFine,active,alpha,2019-03-01,beta,2019-03-01\n");
    loads.load(
        "factories",
        "slug,status,lead1,lead1Since,lead2,lead2Since\nfine,active,alpha,,gamma,2020-01-01\n");

    assertThat(
            loads
                .load(
                    "factories",
                    "slug,status,lead1,lead1Since,lead2,lead2Since\nfine,active,alpha,,gamma,2019-12-31\n")
                .lines())
        .containsExactly("2 rejected lead1Since third_lead");
    assertThat(
            loads
                .load(
                    "factories",
                    "slug,status,lead1,lead1Since,lead2,lead2Since\nfine,active,alpha,2019-04-01,gamma,2020-02-01\n")
                .rows()
                .updated())
        .isEqualTo(1);
  }
}
