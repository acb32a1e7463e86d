package fr.digital113.directory.imports.sirene;

import static fr.digital113.directory.imports.sirene.Register.ALPHA;
import static fr.digital113.directory.imports.sirene.Register.establishment;
import static fr.digital113.directory.imports.sirene.Register.siret;
import static fr.digital113.directory.imports.sirene.Register.unit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names as real files write them. */
class NameTrapsTest {

  @RegisterExtension final Register register = new Register();

  @BeforeEach
  void aPlaceIsThere() {
    register.establishments(establishment(siret(ALPHA, 1), "31555"));
  }

  @Test
  void leadingTab() {
    assertThat(nameOf("\tALPHA")).isEqualTo("ALPHA");
  }

  @Test
  void zeroWidthSpace() {
    assertThat(nameOf("AL\u200BPHA\uFEFF")).isEqualTo("ALPHA");
  }

  @Test
  void trailingAndDoubleSpaces() {
    assertThat(nameOf("ALPHA  ET\u00A0 BETA ")).isEqualTo("ALPHA ET BETA");
  }

  @Test
  void aSiretTypedAsTheNameIsNoName() {
    assertThat(register.units(unit(ALPHA, "denomination", siret(ALPHA, 1))).byOutcome())
        .isEqualTo(Map.of("no_name", 1L));
    assertThat(
            register
                .units(
                    unit(
                        ALPHA,
                        "denomination",
                        "123 456 782 00017",
                        "denominationUsuelle2",
                        "Alpha"))
                .byOutcome())
        .isEqualTo(Map.of("created", 1L));
    assertThat(register.company(ALPHA, "name, legal_name")).isEqualTo(Map.of("name", "Alpha"));
  }

  @Test
  void aTwoLetterNameIsAName() {
    assertThat(nameOf("SA")).isEqualTo("SA");
    assertThat(register.company(ALPHA, "slug")).containsValue("sa");
  }

  @Test
  void aTruncatedNameOf120CharactersIsKeptAsItIs() {
    String truncated = "SOCIETE ".repeat(15).strip() + "S";
    assertThat(truncated).hasSize(120);
    assertThat(nameOf(truncated)).isEqualTo(truncated);
  }

  @Test
  void straightQuotesAndEnDashesStay() {
    assertThat(nameOf("\"ALPHA\" – L'ATELIER")).isEqualTo("\"ALPHA\" – L'ATELIER");
    assertThat(register.company(ALPHA, "slug")).containsValue("alpha-l-atelier");
  }

  @Test
  void charactersOfCopyComeThrough() {
    assertThat(nameOf("A\\B \\N|;C")).isEqualTo("A\\B \\N|;C");
  }

  @Test
  void aNameWithoutALetterStillHasASlug() {
    assertThat(nameOf("***")).isEqualTo("***");
    assertThat(register.company(ALPHA, "slug")).containsValue("entreprise-" + ALPHA);
  }

  private String nameOf(String denomination) {
    register.units(unit(ALPHA, "denomination", denomination));
    return register.company(ALPHA, "name").getOrDefault("name", "");
  }
}
