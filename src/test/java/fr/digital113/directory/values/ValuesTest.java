package fr.digital113.directory.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.formats.Formulas;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {

  private static void assertRefused(Parser<?> parser, String code, String... cells) {
    for (String cell : cells) {
      assertThatThrownBy(() -> parser.parse(cell))
          .as(cell)
          .isInstanceOfSatisfying(
              BadValueException.class, bad -> assertThat(bad.code()).isEqualTo(code));
    }
  }

  @Test
  void readsASirenHoweverItIsWritten() throws BadValueException {
    assertThat(Values.siren("732 829 320")).isEqualTo("732829320");
    assertThat(Values.siren("732.829.320")).isEqualTo("732829320");
    assertThat(Values.siren("732\u00A0829\u202F320")).isEqualTo("732829320");
    assertThat(Values.siren("05480652"))
        .hasSize(9)
        .startsWith("00")
        .satisfies(siren -> assertThat(Identifiers.isSiren(siren)).isTrue());
  }

  @Test
  void rejectsASirenThatFailsLuhnOrLostDigits() {
    assertRefused(Values::siren, "invalid_siren", "123456789", "73282932", "ABC", "7328293200");
    assertRefused(Values::siret, "digits_lost", "3,56E+13", "3.56E+13", "7E13");
    assertRefused(Values::siret, "invalid_siret", "73282932000075", "732829320");
  }

  @Test
  void acceptsEstablishmentsOfLaPoste() throws BadValueException {
    assertThat(Values.siret("35600000049837")).isEqualTo("35600000049837");
    assertThat(Identifiers.isSiret("35600000049838")).isFalse();
  }

  @Test
  void readsBooleansDatesAndNumbers() throws BadValueException {
    for (String yes : List.of("oui", "TRUE", "Vrai", "1", "x")) {
      assertThat(Values.bool(yes)).isTrue();
    }
    for (String no : List.of("non", "false", "FAUX", "0")) {
      assertThat(Values.bool(no)).isFalse();
    }
    assertThat(Values.date("05/02/2019")).isEqualTo(LocalDate.of(2019, 2, 5));
    assertThat(Values.date("2019-02-05")).isEqualTo(LocalDate.of(2019, 2, 5));
    assertThat(Values.integer(0, 1_000_000).parse("17\u00A0000")).isEqualTo(17_000);
    assertThat(Values.degrees(90).parse("43,6")).isEqualTo(43.6);
    assertRefused(Values::bool, "invalid_boolean", "peut-être");
    assertRefused(
        Values::date, "invalid_date", "43501", "31/02/2019", "02/05/19", "2019-02-05T10:00");
    assertRefused(Values.integer(0, 100), "invalid_number", "-1", "1.5", "101", "12 personnes");
    assertRefused(Values.degrees(90), "invalid_coordinate", "91", "43°36'");
  }

  @Test
  void completesAddressesAndRefusesOtherSchemes() throws BadValueException {
    assertThat(Values.url("www.example.org/a")).isEqualTo("https://www.example.org/a");
    assertThat(Values.url("HTTP://example.org")).isEqualTo("http://example.org");
    assertThat(Values.url("example.org:8080")).isEqualTo("https://example.org:8080");
    assertRefused(
        Values::url,
        "invalid_url",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "not a site",
        "https://",
        "https://a@example.org",
        "localhost");
  }

  @Test
  void refusesHtmlButNotComparisons() throws BadValueException {
    assertThat(Values.line(200).parse("R&D < 3  ans")).isEqualTo("R&D < 3 ans");
    assertRefused(Values.line(200), "html", "<script>x", "a <b>b</b>", "< IMG src=x");
  }

  @Test
  void noCompanyGetsTheSlugThatIsAPath() throws BadValueException {
    assertRefused(CompanySlugs::given, "reserved_slug", "suggest");
    assertThat(CompanySlugs.given("suggest-2")).isEqualTo("suggest-2");
    assertThat(CompanySlugs.base("Suggest", "x")).isEqualTo("entreprise-suggest");
  }

  @Test
  void checksEmailsCountriesAndSocialLinks() throws BadValueException {
    assertThat(Values.email("contact@example.org")).isEqualTo("contact@example.org");
    assertThat(Values.list(Values::country).parse("de| FR |de")).containsExactly("DE", "FR");
    assertThat(Values.social("X=x.com/a|linkedin=https://l.com"))
        .containsEntry("x", "https://x.com/a")
        .containsEntry("linkedin", "https://l.com");
    assertRefused(Values::email, "invalid_email", "contact", "a@b", "a b@c.org", "a@b..org");
    assertRefused(Values::country, "unknown_country", "UK", "Allemagne");
    assertRefused(Values::social, "invalid_social", "https://x.com", "a-b=x.com", "x1=x.com");
    assertRefused(Values::slug, "too_long", "a".repeat(501));
  }

  @Test
  void givesBackEveryCellThatWasNeutralised() {
    for (String cell : List.of("=1+1", "'=1", "''-x", "+33 5 61", "@a", "plain", "'quoted'", "-")) {
      assertThat(Formulas.original(Formulas.neutralised(cell))).isEqualTo(cell);
    }
  }
}
