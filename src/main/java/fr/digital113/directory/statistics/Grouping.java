package fr.digital113.directory.statistics;

import fr.digital113.directory.statistics.cubes.Cube.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL that groups rows of companies, named {@code k}, by breakdowns. A company has each value of a
 * breakdown once, so that a joined row is one company in one combination.
 */
final class Grouping {
  private Grouping() {}

  /** Which of the breakdowns are values, and not totals: every choice. */
  static List<List<Breakdown>> subsets(List<Breakdown> by) {
    List<List<Breakdown>> all = new ArrayList<>();
    for (int chosen = 0; chosen < 1 << by.size(); chosen++) {
      List<Breakdown> subset = new ArrayList<>();
      for (int i = 0; i < by.size(); i++) {
        if ((chosen & 1 << i) != 0) {
          subset.add(by.get(i));
        }
      }
      all.add(subset);
    }
    return all;
  }

  /** The columns value0, value1…, each followed by a comma. */
  static String columns(List<Breakdown> by, List<Breakdown> values) {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < by.size(); i++) {
      columns.append(
          values.contains(by.get(i))
              ? "coalesce(%s, '%s') as value%d, ".formatted(column(by.get(i)), Tally.NONE, i)
              : "'%s' as value%d, ".formatted(Category.TOTAL, i));
    }
    return columns.toString();
  }

  static String column(Breakdown breakdown) {
    return switch (breakdown) {
      case REGION, DEPARTEMENT, EPCI, TERRITORY -> breakdown.id() + ".code";
      case SECTOR -> "sector";
      case SIZE_CLASS -> "k.size_class";
      case ORIGIN -> "k.origin";
      case MEMBERSHIP -> "k.membership";
      case FACTORY -> "taking_part.factory";
      case JOINED_YEAR -> "to_char(k.joined_on, 'YYYY')";
    };
  }

  static String joins(List<Breakdown> values) {
    return values.stream().map(Grouping::join).collect(Collectors.joining(" "));
  }

  private static String join(Breakdown breakdown) {
    return switch (breakdown) {
      case REGION, DEPARTEMENT, EPCI ->
          places(breakdown, "t.level = '%s'".formatted(breakdown.id()));
      case TERRITORY -> places(breakdown, "t.named_place");
      case SECTOR -> "left join lateral unnest(k.sectors) sector on true";
      case FACTORY -> "left join taking_part on taking_part.company = k.company";
      case SIZE_CLASS, ORIGIN, MEMBERSHIP, JOINED_YEAR -> "";
    };
  }

  private static String places(Breakdown breakdown, String which) {
    return """
        left join (select p.commune, p.code from place p join territory t on t.code = p.code where %s) %s
          on %2$s.commune = k.commune"""
        .formatted(which, breakdown.id());
  }
}
