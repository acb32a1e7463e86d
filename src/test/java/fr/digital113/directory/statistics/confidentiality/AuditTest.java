package fr.digital113.directory.statistics.confidentiality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.statistics.confidentiality.Report.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Planted disclosures, each of which the attacker has to find. */
class AuditTest {

  private final Unknown a = Unknown.of("a", "12", 30);
  private final Unknown b = Unknown.of("b", "12", 35);
  private final Unknown c = Unknown.of("c", "12", 40);
  private final Unknown d = Unknown.of("d", "12", 25);
  private final Unknown e = Unknown.of("e", "12", 33);
  private final Unknown f = Unknown.of("f", "12", 41);

  @Test
  void findsTheOneWithheldCellOfARow() {
    assertThat(
            disclosed(
                vintage(
                    "1",
                    Map.of("x", Reason.PRIMARY),
                    figure("total", a, b, c, d, e),
                    figure("x", a, b),
                    figure("y", c, d, e))))
        .containsExactly("1 x");
  }

  @Test
  void findsACellThatAnotherTableTellsApart() {
    assertThat(
            disclosed(
                vintage(
                    "1",
                    Map.of("x", Reason.PRIMARY, "y", Reason.SECONDARY),
                    figure("total", a, b, c, d, e, f),
                    figure("x", a),
                    figure("y", b, c, d),
                    figure("other=1", b, c, d, e, f),
                    figure("other=2", d, e, f))))
        .containsExactly("1 x", "a");
  }

  @Test
  void findsAJoiner() {
    assertThat(
            disclosed(
                vintage("1", Map.of(), figure("total", a, b, c)),
                vintage("2", Map.of(), figure("total", a, b, c, d))))
        .containsExactly("d");
  }

  @Test
  void findsALeaver() {
    assertThat(
            disclosed(
                vintage("1", Map.of(), figure("total", a, b, c, d)),
                vintage("2", Map.of("total", Reason.SECONDARY), figure("total", a, b, c)),
                vintage("3", Map.of(), figure("total", a, b, d), figure("all", a, b, c))))
        .contains("d", "2 total");
  }

  @Test
  void findsTheSmallOneOfTwoJoinersWithTheLargeOne() {
    Unknown small = Unknown.of("small", "01", 1);
    assertThat(
            disclosed(
                vintage("1", Map.of(), figure("total", a, b, c)),
                vintage("2", Map.of(), figure("total", a, b, c, d, small))))
        .containsExactly("d");
  }

  @Test
  void takesAHeadcountThatStaysWhileItsClassChangesToBeWithinBothClasses() {
    Report report =
        Audit.of(
                List.of(
                    vintage("1", Map.of(), figure("total", a, b, c)),
                    vintage("2", Map.of(), figure("total", Unknown.of("a", "NN", 30), b, c))))
            .report();

    assertThat(report.passes()).isTrue();
    assertThat(report.narrowestCompany()).isEqualTo(new Finding("a", 29, true, 14.5));
  }

  @Test
  void takesAHeadcountThatWasCorrectedForAnother() {
    Unknown corrected = Unknown.of("a", "12", 31);
    assertThat(
            disclosed(
                vintage("1", Map.of(), figure("total", a, b, c)),
                vintage("2", Map.of(), figure("total", corrected, b, c)),
                vintage("3", Map.of("x", Reason.PRIMARY), figure("x", corrected))))
        .isEmpty();
    assertThat(
            disclosed(
                vintage("1", Map.of(), figure("total", a, b, c)),
                vintage("2", Map.of(), figure("total", corrected, b, c), figure("x", b, c))))
        .contains("a", "a (2)");
  }

  @Test
  void findsWhoDominatesACell() {
    Unknown large = Unknown.of("large", "41", 990);
    Unknown one = Unknown.of("one", "01", 1);
    Unknown two = Unknown.of("two", "01", 2);
    assertThat(disclosed(vintage("1", Map.of(), figure("x", large, one, two))))
        .containsExactly("large");
  }

  @Test
  void findsThreeCompaniesWhoseSumIsNearTheLeastThatTheirClassAllows() {
    assertThat(
            disclosed(
                vintage(
                    "1",
                    Map.of(),
                    figure(
                        "x",
                        Unknown.of("p", "12", 20),
                        Unknown.of("q", "12", 21),
                        Unknown.of("r", "12", 20)))))
        .containsExactly("p", "q", "r");
  }

  @Test
  void findsThatThreeWithheldCellsOfOneAreKnownFromTheRest() {
    // The rule file's example, with sums that leave each of the three its least
    Unknown x = Unknown.of("x", "01", 1);
    Unknown y = Unknown.of("y", "01", 1);
    Unknown z = Unknown.of("z", "01", 1);
    Unknown k = Unknown.of("k", "02", 4);
    Unknown l = Unknown.of("l", "02", 4);
    Unknown m = Unknown.of("m", "02", 4);
    Figure total = figure("total", a, b, c, d, k, l, m, x, y, z);
    Map<String, Reason> three =
        Map.of("30", Reason.PRIMARY, "12", Reason.PRIMARY, "82", Reason.PRIMARY);
    Figure[] cells = {
      total,
      figure("31", a, b, c, d),
      figure("34", k, l, m),
      figure("30", x),
      figure("12", y),
      figure("82", z)
    };

    assertThat(disclosed(vintage("1", three, cells)))
        .containsExactlyInAnyOrder("1 30", "1 12", "1 82", "x", "y", "z");
    Map<String, Reason> four = new TreeMap<>(three);
    four.put("34", Reason.SECONDARY);
    assertThat(disclosed(vintage("1", four, cells))).isEmpty();
  }

  @Test
  void saysHowNearTheAttackerCame() {
    Report report =
        Audit.of(
                List.of(
                    vintage(
                        "1",
                        Map.of("x", Reason.PRIMARY, "y", Reason.SECONDARY),
                        figure("total", a, b, c, d, e),
                        figure("x", a, b),
                        figure("y", c, d, e))))
            .report();

    assertThat(report.passes()).isTrue();
    assertThat(report.published()).isEqualTo(1);
    assertThat(report.primary()).isEqualTo(1);
    assertThat(report.secondary()).isEqualTo(1);
    assertThat(report.narrowestCell()).isEqualTo(new Finding("1 x", 58, true, 29));
    assertThat(report.toString()).contains("narrowest withheld cell: 1 x keeps 58.00 jobs");
  }

  @Test
  void doesNotPassWhatItCannotCompute() {
    Audit audit =
        Audit.of(
            List.of(
                vintage("1", Map.of(), figure("total", a, b, c)),
                vintage("2", Map.of(), figure("total", a, b, c, d))));

    assertThatThrownBy(() -> audit.within(1).report()).isInstanceOf(CannotDecideException.class);
  }

  @Test
  void refusesMoreCompaniesThanItCanTellApart() {
    List<Figure> figures =
        IntStream.rangeClosed(0, Atoms.MOST)
            .mapToObj(i -> figure("f" + i, Unknown.of("c" + i, "12", 30)))
            .toList();

    assertThatThrownBy(() -> Audit.of(List.of(new Vintage("1", figures, Map.of()))).report())
        .isInstanceOf(CannotDecideException.class);
  }

  @Test
  void keepsTenPercentOfTheValueButNeverMoreThanTheClassLeaves() {
    assertThat(Target.required(29, 30)).isEqualTo(14.5);
    assertThat(Target.required(49, 249)).isEqualTo(24.9);
    assertThat(Target.required(49, 600)).isEqualTo(49);
    assertThat(Target.required(0, 600)).isEqualTo(0);
  }

  static Figure figure(String id, Unknown... unknowns) {
    return new Figure(id, id.equals("total") ? 0 : 1, Arrays.asList(unknowns));
  }

  static Vintage vintage(String name, Map<String, Reason> withheld, Figure... figures) {
    return new Vintage(name, Arrays.asList(figures), withheld);
  }

  private static List<String> disclosed(Vintage... vintages) {
    return Audit.of(Arrays.asList(vintages)).report().disclosures().stream()
        .map(Finding::target)
        .toList();
  }
}
