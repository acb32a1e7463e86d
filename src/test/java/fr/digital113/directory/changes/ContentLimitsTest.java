package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.Rows;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No text is too long for the index, and no list or object has anything unexpected in it. */
class ContentLimitsTest {
  private static final MigratedDatabase.Content REFERENCE = MigratedDatabase.with(Rows::reference);

  @RegisterExtension static final MigratedDatabase database = REFERENCE.database();

  private static Jdbi jdbi;

  @BeforeAll
  static void rows() {
    jdbi = database.jdbi();
    jdbi.useTransaction(
        handle -> {
          Rows.company(handle, "a");
          Rows.factory(handle, "f", "forming");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "company, slug, 500, ''",
    "company, name, 200, ''",
    "company, legal_name, 300, ''",
    "company, description_fr, 20000, ''",
    "company, description_en, 20000, ''",
    "company, website, 2000, https://",
    "company, logo, 2000, https://",
    "company, email, 254, ''",
    "company, phone, 200, ''",
    "company, address, 300, ''",
    "factory, slug, 500, ''",
    "factory, name, 200, ''",
    "factory, mission_fr, 20000, ''",
    "factory, mission_en, 20000, ''",
    "sector, label_fr, 200, ''",
    "sector, label_en, 200, ''",
    "territory, name, 200, ''"
  })
  void textsHaveALength(String table, String column, int longest, String start) {
    String sql = "update %s set %s = ?".formatted(table, column);
    String text = start + "a".repeat(longest - start.length());
    if (!table.equals("territory")) {
      assertThat(jdbi.<Integer, RuntimeException>withHandle(h -> h.execute(sql, text)))
          .isPositive();
    }
    assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(sql, text + "a")))
        .hasMessageContaining(table + "_" + column + "_check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{DE}", "{DE,FR}"})
  void exportMarketsAreCountries(String markets) {
    assertThat(set("export_markets = ?::text[]", markets)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{NULL}", "{DE,NULL}", "{de}", "{\"\"}", "{\"DE,FR\"}", "{DEU}", "{{DE}}"})
  void anythingElseIsNoExportMarket(String markets) {
    assertThatThrownBy(() -> set("export_markets = ?::text[]", markets))
        .hasMessageContaining("company_export_markets_check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"x\": \"https://x.com/a\", \"linkedin\": \"http://l.com\"}"})
  void socialLinksAreAddressesByNetwork(String links) {
    assertThat(set("social = ?::jsonb", links)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "\"https://x.com\"",
        "{\"x\": null}",
        "{\"x\": 1}",
        "{\"x\": {\"y\": \"https://x.com\"}}",
        "{\"x\": \"javascript:alert(1)\"}",
        "{\"X\": \"https://x.com\"}",
        "{\"\": \"https://x.com\"}",
        "{\"a-b\": \"https://x.com\"}"
      })
  void anythingElseIsNoSocialLink(String links) {
    assertThatThrownBy(() -> set("social = ?::jsonb", links))
        .hasMessageContaining("company_social_check");
  }

  private static int set(String assignment, String value) {
    return jdbi.<Integer, RuntimeException>withHandle(
        handle -> handle.execute("update company set " + assignment, value));
  }
}
