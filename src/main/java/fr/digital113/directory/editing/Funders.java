package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.editing.Periods.Period;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.time.Year;
import org.jspecify.annotations.Nullable;

/**
 * Who funds the cluster, from when until when, and, of the years that it is known of, with how
 * much.
 */
final class Funders {
  private static final Field.Reading FUNDER =
      Shapes.object(
          Shapes.required("name", Shapes.line(200)),
          Shapes.required("territory", Shapes.place()),
          Periods.SINCE,
          Periods.UNTIL,
          Shapes.optional(ByYear.YEARS, ByYear.list(Shapes.optional("amount", ByYear.AMOUNT))));

  /** One funder. */
  static final Field.Reading READING = Funders::read;

  private Funders() {}

  /** Whom two entries are of. */
  static String same(JsonNode funder) {
    return funder.path("name").asText() + '\n' + funder.path("territory").path("code").asText();
  }

  private static @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    JsonNode funder = FUNDER.read(body, name, codes);
    if (funder == null) {
      return null;
    }
    Period period = Period.of(funder);
    JsonNode years = funder.path(ByYear.YEARS);
    for (int i = 0; i < years.size(); i++) {
      JsonNode year = years.path(i).path(ByYear.YEAR);
      if (year.isInt() && !period.meets(of(Year.of(year.intValue())))) {
        body.error(
            name + "/" + ByYear.YEARS + "/" + i + "/" + ByYear.YEAR,
            "out_of_period",
            new Text(
                "Le financeur n'est pas là cette année-là.",
                "The funder is not there in this year."));
      }
    }
    return funder;
  }

  private static Period of(Year year) {
    return new Period(year.atDay(1), year.plusYears(1).atDay(1));
  }
}
