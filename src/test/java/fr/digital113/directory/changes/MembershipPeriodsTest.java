package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.Rows;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The memberships of one company follow each other, whoever writes them. */
class MembershipPeriodsTest {
  private static final MigratedDatabase.Content REFERENCE = MigratedDatabase.with(Rows::reference);

  @RegisterExtension final MigratedDatabase database = REFERENCE.database();

  private Jdbi jdbi;
  private UUID company;

  @BeforeEach
  void aMemberOfTwoYears() {
    jdbi = database.jdbi();
    company = jdbi.inTransaction(handle -> Rows.company(handle, "a"));
    add("2020-01-01", "2022-01-01");
  }

  @Test
  void aMembershipMayStartOnTheDayTheLastOneEnded() {
    add("2022-01-01", null);
    assertThat(
            jdbi.<Long, RuntimeException>withHandle(
                handle ->
                    handle.createQuery("select count(*) from membership").mapTo(Long.class).one()))
        .isEqualTo(2);
  }

  @Test
  void membershipsThatOverlapAreRefused() {
    for (String start : new String[] {"2019-01-01", "2021-12-31"}) {
      assertThatThrownBy(() -> add(start, null)).hasMessageContaining("membership_no_overlap");
    }
    assertThatThrownBy(() -> add("2020-06-01", "2021-01-01"))
        .hasMessageContaining("membership_no_overlap");
  }

  @Test
  void twoOpenMembershipsAreRefused() {
    add("2022-01-01", null);
    assertThatThrownBy(() -> add("2023-01-01", null)).hasMessageContaining("membership_no_overlap");
  }

  private void add(String joinedOn, @Nullable String leftOn) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into membership (company, joined_on, left_on, origin)"
                    + " values (?, ?::date, ?::date, 'digital113')",
                company,
                joinedOn,
                leftOn));
  }
}
