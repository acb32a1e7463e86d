package fr.digital113.directory.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulasTest {
  private static final String ALPHABET = "=+-@\uFF1D\uFF0B\uFF0D\uFF20';,\t\r\n\" \u00A0\uFEFFa1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          =1+1                      | '=1+1
          ＝1+1                     | '＝1+1
          ＠SUM(A1)                 | '＠SUM(A1)
          a;=1+1                    | a;'=1+1
          a, @SUM(A1)               | a, '@SUM(A1)
          a;"=1+1"                  | a;"'=1+1"
          ';=1                      | ';'=1
          '=1                       | ''=1
          l'eau, d'oc ; c'est 1+1=2 | l'eau, d'oc ; c'est 1+1=2
          R&D; e-santé, 24h/24      | R&D; e-santé, 24h/24
          """)
  void putsAnApostropheBeforeWhatRuns(String text, String cell) {
    assertThat(Formulas.neutralised(text)).isEqualTo(cell);
  }

  @Test
  void givesBackEveryTextAndLetsNoSpreadsheetRunAPartOfIt() throws IOException {
    Random random = new Random(113);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder any = new StringBuilder();
      for (int length = 1 + random.nextInt(7); length > 0; length--) {
        any.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      String text = any.toString();
      assertThat(Formulas.original(Formulas.neutralised(text))).isEqualTo(text);
      for (boolean excel : new boolean[] {false, true}) {
        String file = csv(excel, "id", text, "end");
        assertThat(cellsOfAnyReader(file))
            .as("%s of %s", file, text)
            .allSatisfy(
                cell ->
                    assertThat(cell)
                        .satisfiesAnyOf(
                            each ->
                                assertThat(each)
                                    .doesNotMatch("(?s)[=+@\uFF1D\uFF0B\uFF0D\uFF20-].*"),
                            each -> assertThat(each).matches("-[0-9]+")));
      }
    }
  }

  private static String csv(boolean excel, String... cells) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Sheets.Sheet sheet = new Sheets.CsvSheet(out, excel);
    sheet.row(List.of(cells));
    sheet.end();
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Splits at every separator there is, quoted or not, and drops quotes and blanks around. */
  private static List<String> cellsOfAnyReader(String file) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    for (char next : (file + "\n").toCharArray()) {
      switch (next) {
        case ',', ';', '\t', '\r', '\n' -> {
          cells.add(cell.toString());
          cell.setLength(0);
        }
        case '"', ' ', '\u00A0', '\uFEFF' -> {
          if (cell.length() > 0) {
            cell.append(next);
          }
        }
        default -> cell.append(next);
      }
    }
    return cells;
  }

  @Test
  void quotesTheSeparatorsOfOtherDialects() throws IOException {
    assertThat(csv(false, "a;b", "c")).isEqualTo("\"a;b\",c\r\n");
    assertThat(csv(true, "a,b", "c\td")).isEqualTo("\uFEFF\"a,b\";\"c\td\"\r\n");
  }
}
