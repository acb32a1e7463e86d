package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.digital113.directory.editing.Shapes.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is told of each year: {@code [{"year": 2019, …}]}, a year once. */
final class ByYear {
  static final String YEARS = "years";
  static final String YEAR = "year";

  /** Budgets are made for some years to come, not for ages. */
  private static final int YEARS_AHEAD = 10;

  /** An amount of money. */
  static final Field.Reading AMOUNT =
      Shapes.object(
          Shapes.required("value", Shapes.figure()),
          Shapes.required("currency", Shapes.currency()));

  private ByYear() {}

  /** A calendar year. */
  static Field.Reading year() {
    return (body, name, codes) -> {
      Integer year = body.integer(name, Readings.EARLIEST.getYear(), last(codes));
      return year == null ? null : JsonNodeFactory.instance.numberNode(year);
    };
  }

  /** The last year that something may be told of. */
  static int last(Codes codes) {
    return codes.today().getYear() + YEARS_AHEAD;
  }

  /** An array of years with some of these members each. */
  static Field.Reading list(Member... members) {
    List<Member> all = new ArrayList<>(List.of(Shapes.required(YEAR, year())));
    all.addAll(Arrays.asList(members));
    return Shapes.list(
        Shapes.atLeastOneOf(
            Arrays.stream(members).map(Member::name).toList(),
            Shapes.object(all.toArray(Member[]::new))));
  }
}
