package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of one item that others show: they follow it, and their own revision stays. */
@QuarkusTest
class IndexedTextsTest {
  private static final String COMPANY = "capteurs-d-oc";
  private static final String FACTORY = "objets-connectes";

  private final OwnIndexes indexes;
  private final Fixture fixture;
  private final Jdbi jdbi;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private OwnIndex index;

  @TempDir private Path folder;

  IndexedTextsTest(OwnIndexes indexes, Fixture fixture, Jdbi jdbi) {
    this.indexes = indexes;
    this.fixture = fixture;
    this.jdbi = jdbi;
  }

  @BeforeEach
  void aRunningIndex() {
    fixture.load();
    index = indexes.open(folder);
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  @Test
  void aRenamedSectorShowsInItsCompanies() throws IOException {
    String label =
        jdbi.withHandle(
            database ->
                database
                    .createQuery("select label_fr from sector where slug = 'iot'")
                    .mapTo(String.class)
                    .one());
    JsonNode before = shown("company", COMPANY);
    try {
      change("update sector set label_fr = 'Choses reliées' where slug = 'iot'");

      JsonNode after = shown("company", COMPANY);
      assertThat(texts(after.path("sectors"), "label")).contains("Choses reliées");
      assertOnlyTextsMoved(before, after);
    } finally {
      fixture.sql("update sector set label_fr = ? where slug = 'iot'", label);
    }
  }

  @Test
  void aRenamedCommuneShowsInItsCompanies() throws IOException {
    JsonNode before = shown("company", COMPANY);
    try {
      change("update territory set name = 'Tolosa' where code = '31555'");

      JsonNode after = shown("company", COMPANY);
      assertThat(texts(after, "name")).contains("Tolosa").doesNotContain("Toulouse");
      assertOnlyTextsMoved(before, after);
    } finally {
      fixture.sql("update territory set name = 'Toulouse' where code = '31555'");
    }
  }

  @Test
  void aRenamedFactoryShowsInItsCompanies() throws IOException {
    JsonNode before = shown("company", "sante-connectee");

    change("update factory set name = 'Factory Choses' where slug = ?", FACTORY);

    JsonNode after = shown("company", "sante-connectee");
    assertThat(texts(after.path("factories"), "name")).containsExactly("Factory Choses");
    assertOnlyTextsMoved(before, after);
  }

  @Test
  void aRenamedLeadShowsInItsFactory() throws IOException {
    JsonNode before = shown("factory", FACTORY);

    change("update company set name = 'Capteurs d''Oc et d''ailleurs' where slug = ?", COMPANY);

    JsonNode after = shown("factory", FACTORY);
    assertThat(texts(after.path("leads"), "name"))
        .containsExactly("Capteurs d'Oc et d'ailleurs", "Finances Occitanes");
    assertOnlyTextsMoved(before, after);
  }

  @Test
  void anUnpublishedLeadIsNamedNoMoreInItsFactoryAndAgainWhenItIsBack() throws IOException {
    JsonNode before = shown("factory", FACTORY);

    change("update company set publication = 'draft' where slug = ?", COMPANY);
    assertThat(index.shown("company", COMPANY)).isNull();
    JsonNode without = shown("factory", FACTORY);
    assertThat(texts(without.path("leads"), "name")).containsExactly("Finances Occitanes");
    assertThat(without.path("revision"))
        .as("copies are told")
        .isNotEqualTo(before.path("revision"));

    change("update company set publication = 'published' where slug = ?", COMPANY);
    assertThat(shown("factory", FACTORY).path("leads")).isEqualTo(before.path("leads"));
  }

  @Test
  void theCheckFindsAChangeThatWentRoundTheLog() {
    assertThat(index.differences()).isEmpty();
    try {
      behindTheTriggers("update company set phone = '+33536490666' where slug = 'ecran-vert'");
      behindTheTriggers("update company set publication = 'draft' where slug = 'sante-connectee'");

      assertThat(index.differences())
          .hasSize(4)
          // names the second one as a partner while it is public
          .anyMatch(line -> line.startsWith("initiative 0190a000-0000-7000-8000-0000000000c1:"))
          .anyMatch(
              line ->
                  line.startsWith("company 0190a000-0000-7000-8000-000000000002: database {")
                      && line.contains("+33536490666"))
          .anyMatch(
              line ->
                  line.startsWith(
                      "company 0190a000-0000-7000-8000-000000000005: database null, index {"))
          .anyMatch(line -> line.matches("the index holds \\d+ items, the database \\d+"));
    } finally {
      fixture.sql("call reconcile()");
    }
    assertThat(index.differences()).isEmpty();
  }

  private void change(String sql, Object... arguments) {
    fixture.sql(sql, arguments);
    index.catchUp();
    assertThat(index.differences()).isEmpty();
  }

  /** The owner of the tables can do it; nobody else, and the next start would refuse to go on. */
  private void behindTheTriggers(String sql) {
    jdbi.useTransaction(
        database -> {
          database.execute("alter table company disable trigger user");
          database.execute(sql);
          database
              .createQuery("select name from required_trigger where content = 'company'::regclass")
              .mapTo(String.class)
              .forEach(
                  name -> database.execute("alter table company enable always trigger " + name));
        });
  }

  private static void assertOnlyTextsMoved(JsonNode before, JsonNode after) {
    assertThat(after).isNotEqualTo(before);
    assertThat(after.path("revision")).isEqualTo(before.path("revision"));
    assertThat(after.path("updatedAt")).isEqualTo(before.path("updatedAt"));
    assertThat(after.path("revision").isNumber()).isTrue();
  }

  private static List<String> texts(JsonNode node, String field) {
    return Stream.of(node).flatMap(each -> each.findValuesAsText(field).stream()).toList();
  }

  private JsonNode shown(String type, String ref) throws IOException {
    return Objects.requireNonNull(index.shown(type, ref));
  }
}
