package fr.digital113.directory.statistics.confidentiality;

import static fr.digital113.directory.statistics.confidentiality.AuditTest.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.digital113.directory.statistics.confidentiality.Directories.Company;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtectionTest {

  private static final String[] CLASSES = {"00", "01", "02", "03", "11"};
  private static final int[][] BOUNDS = {{0, 0}, {1, 2}, {3, 5}, {6, 9}, {10, 19}};

  @Test
  void withholdsACellOfTwoCompaniesAndOneMoreThatTellsIt() {
    Protected result = Protection.of(List.of()).protect("1", row());

    assertThat(result.withheld())
        .containsExactlyInAnyOrderEntriesOf(Map.of("x", Reason.PRIMARY, "y", Reason.SECONDARY));
  }

  @Test
  void treatsEqualCellsOfTwoTablesAlike() {
    List<Figure> figures = new ArrayList<>(row());
    figures.add(new Figure("y again", 2, figures.get(2).unknowns()));

    assertThat(Protection.of(List.of()).protect("1", figures).withheld())
        .containsOnlyKeys("x", "y", "y again");
  }

  @Test
  void withholdsTheTotalWhenOneCompanyJoins() {
    Protected first = Protection.of(List.of()).protect("1", List.of(total(5)));
    Protected second = Protection.of(List.of(first.vintage())).protect("2", List.of(total(6)));
    Protected third =
        Protection.of(List.of(first.vintage(), second.vintage())).protect("3", List.of(total(9)));

    assertThat(first.withheld()).isEmpty();
    assertThat(second.withheld()).containsExactly(Map.entry("total", Reason.SECONDARY));
    assertThat(third.withheld()).isEmpty();
  }

  @Test
  void repeatsWhatIsUnchangedOnly() {
    Protected first =
        Protection.of(List.of()).protect("1", List.of(total(5), named("other", 0, 3)));
    Protected second =
        Protection.of(List.of(first.vintage()))
            .repeat("2", List.of(total(9), named("other", 0, 3)));

    assertThat(second.withheld()).containsOnlyKeys("total");
  }

  @Test
  void publishesACellThatNobodyContributesTo() {
    Figure nobody = figure("x", Unknown.of("none", "00", 0));

    assertThat(Protection.of(List.of()).protect("1", List.of(nobody, figure("y"))).withheld())
        .isEmpty();
  }

  @Test
  void givesTheSameAnswerInWhateverOrderTheCompaniesCome() {
    List<Company> companies = companies(new Random(5), 60);
    Protected one = Protection.of(List.of()).protect("1", Directories.family(companies));
    Collections.shuffle(companies, new Random(6));
    List<Figure> figures = new ArrayList<>(Directories.family(companies));
    Collections.shuffle(figures, new Random(7));
    Protected other = Protection.of(List.of()).protect("1", figures);

    assertThat(other.withheld()).isEqualTo(one.withheld());
    assertThat(one.withheld()).containsValue(Reason.SECONDARY);
  }

  @Test
  void whatIsPublishedOfRandomDirectoriesHoldsAgainstEveryWholeNumberThatFits() {
    int narrowed = 0;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<Company> companies = companies(random, 7);
      Protected first =
          Protection.of(List.of()).protect("1", Directories.family(companies.subList(0, 6)));
      Protected second =
          Protection.of(List.of(first.vintage())).protect("2", Directories.family(companies));
      List<Vintage> vintages = List.of(first.vintage(), second.vintage());
      assertThat(second.report().passes()).isTrue();

      Atoms atoms = new Atoms(vintages);
      List<Target> targets = Targets.companies(atoms);
      Polytope polytope = new Polytope(atoms, Targets.published(atoms, vintages));
      Attacker attacker = new Attacker(atoms, polytope, targets, Attacker.EFFORT);
      Map<String, int[]> whole = enumerate(companies, vintages);
      for (Target target : targets) {
        attacker.solve(target);
        int[] bounds = Objects.requireNonNull(whole.get(target.name()));
        double width = attacker.of(target).shown(target);
        assertThat(width).isEqualTo(attacker.of(target).possible(target), within(1e-6));
        assertThat(width).isGreaterThanOrEqualTo(bounds[1] - bounds[0] - 1e-6);
        narrowed += width < target.high() - target.low() - 1e-6 ? 1 : 0;
      }
    }
    assertThat(narrowed).isPositive();
  }

  /**
   * The least and greatest headcount of every company over all whole numbers that fit what is
   * published.
   */
  private static Map<String, int[]> enumerate(List<Company> companies, List<Vintage> vintages) {
    List<Unknown> unknowns = companies.stream().map(Company::headcount).toList();
    Set<Set<String>> sets = new LinkedHashSet<>();
    List<long[]> rows = new ArrayList<>();
    for (Vintage vintage : vintages) {
      for (Figure figure : vintage.figures()) {
        Set<String> keys = new HashSet<>(figure.unknowns().stream().map(Unknown::key).toList());
        if (vintage.isPublished(figure) && sets.add(keys)) {
          long mask = 0;
          for (int i = 0; i < unknowns.size(); i++) {
            mask |= keys.contains(unknowns.get(i).key()) ? 1L << i : 0;
          }
          rows.add(new long[] {mask, figure.jobs()});
        }
      }
    }
    Map<String, int[]> bounds = new HashMap<>();
    int[] point = new int[unknowns.size()];
    enumerate(unknowns, rows, point, 0, bounds);
    return bounds;
  }

  private static void enumerate(
      List<Unknown> unknowns, List<long[]> rows, int[] point, int next, Map<String, int[]> bounds) {
    for (long[] row : rows) {
      long left = row[1];
      boolean whole = (row[0] >> next) == 0;
      for (int i = 0; i < next; i++) {
        left -= (row[0] >> i & 1) * point[i];
      }
      if (left < 0 || whole && left != 0) {
        return;
      }
    }
    if (next == point.length) {
      for (int i = 0; i < next; i++) {
        int[] known = bounds.computeIfAbsent(unknowns.get(i).key(), key -> new int[] {9_999, -1});
        known[0] = Math.min(known[0], point[i]);
        known[1] = Math.max(known[1], point[i]);
      }
      return;
    }
    for (int v = unknowns.get(next).low(); v <= unknowns.get(next).high(); v++) {
      point[next] = v;
      enumerate(unknowns, rows, point, next + 1, bounds);
    }
  }

  static List<Company> companies(Random random, int count) {
    List<Company> companies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = random.nextInt(CLASSES.length);
      int headcount = BOUNDS[size][0] + random.nextInt(BOUNDS[size][1] - BOUNDS[size][0] + 1);
      List<String> sectors =
          random.nextBoolean()
              ? List.of("s" + random.nextInt(2))
              : List.of("s" + random.nextInt(2), "t");
      companies.add(
          new Company(
              Unknown.of("c" + i, CLASSES[size], headcount),
              "d" + random.nextInt(2),
              "e" + random.nextInt(3),
              sectors,
              CLASSES[size],
              "o" + random.nextInt(2),
              "y" + random.nextInt(2)));
    }
    return companies;
  }

  private static List<Figure> row() {
    return List.of(total(5), named("x", 0, 2), named("y", 2, 5));
  }

  private static Figure total(int count) {
    return named("total", 0, count);
  }

  private static Figure named(String id, int from, int to) {
    List<Unknown> unknowns = new ArrayList<>();
    for (int i = from; i < to; i++) {
      unknowns.add(Unknown.of("c" + i, "12", 30 + i));
    }
    return new Figure(id, id.equals("total") ? 0 : 1, unknowns);
  }
}
