package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Staff and budget, kept by year: {@code years} is all that is stored. {@code permanentStaff} and
 * {@code annualBudget} are shown beside it as those of the last year that has begun; whoever writes
 * one of them, as before there were years, writes it into the year of its {@code asOf}.
 */
final class Means implements Field.Reading {
  private static final String STAFF = "permanentStaff";
  private static final String BUDGET = "annualBudget";
  private static final List<String> FIGURES = List.of(STAFF, BUDGET);

  /** What the member has. */
  static final Set<String> MEMBERS = Set.of(STAFF, BUDGET, ByYear.YEARS);

  private static final int LENGTH_OF_A_YEAR = 4;
  private static final Field.Reading GIVEN =
      Shapes.object(
          Shapes.optional(
              STAFF,
              Shapes.object(
                  Shapes.required("value", Shapes.figure()),
                  Shapes.required("asOf", Shapes.partialDate()))),
          Shapes.optional(
              BUDGET,
              Shapes.object(
                  Shapes.required("value", Shapes.figure()),
                  Shapes.required("asOf", Shapes.partialDate()),
                  Shapes.required("currency", Shapes.currency()))),
          Shapes.optional(
              ByYear.YEARS,
              ByYear.list(
                  Shapes.optional(STAFF, Shapes.figure()),
                  Shapes.optional(BUDGET, ByYear.AMOUNT))));

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    return read(body, name, codes, JsonNodeFactory.instance.nullNode());
  }

  /**
   * {@inheritDoc}
   *
   * @param before the years, and the figures that are shown beside them
   */
  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes, JsonNode before) {
    JsonNode given = GIVEN.read(body, name, codes);
    JsonNode raw = body.node(name);
    if (given == null || raw == null) {
      return null;
    }
    SortedMap<Integer, ObjectNode> years = new TreeMap<>();
    for (JsonNode each : given.path(ByYear.YEARS)) {
      years.put(each.path(ByYear.YEAR).asInt(), (ObjectNode) each);
    }
    boolean yearsAreWritten =
        raw.hasNonNull(ByYear.YEARS)
            && !Edit.isSame(raw.path(ByYear.YEARS), before.path(ByYear.YEARS));
    for (String figure : FIGURES) {
      boolean isWritten =
          raw.hasNonNull(figure) && !Edit.isSame(raw.path(figure), before.path(figure));
      if (!raw.hasNonNull(figure) && before.has(figure)) {
        body.error(
            name + "/" + figure,
            "required",
            new Text("Ce membre est obligatoire.", "This member is required."));
      } else if (isWritten && yearsAreWritten) {
        body.error(
            name + "/" + figure,
            "contradiction",
            new Text(
                "Écrivez les années seules : ceci en découle.",
                "Write the years alone: this follows from them."));
      } else if (isWritten) {
        keep(body, name + "/" + figure, codes, figure, given.path(figure), years);
      }
      requireOfNow(body, name, codes, figure, years);
    }
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    years.values().forEach(kept::add);
    return JsonBody.emptyObject().set(ByYear.YEARS, kept);
  }

  /** Puts a figure into its year. */
  private static void keep(
      JsonBody body,
      String place,
      Codes codes,
      String figure,
      JsonNode given,
      SortedMap<Integer, ObjectNode> years) {
    String asOf = Json.text(given, "asOf");
    if (asOf == null || !given.has("value")) {
      return; // told already
    }
    int year = Integer.parseInt(asOf.substring(0, LENGTH_OF_A_YEAR));
    int first = Readings.EARLIEST.getYear();
    int last = ByYear.last(codes);
    if (year < first || year > last) {
      body.error(
          place + "/asOf",
          "out_of_range",
          new Text("De %d à %d.", "From %d to %d.").with(first, last));
      return;
    }
    ObjectNode entry =
        years.computeIfAbsent(year, each -> JsonBody.emptyObject().put(ByYear.YEAR, each));
    entry.set(
        figure,
        figure.equals(STAFF)
            ? given.path("value")
            : ((ObjectNode) given.deepCopy()).without("asOf"));
  }

  /** Everybody is shown the figures of now: there have to be some. */
  private static void requireOfNow(
      JsonBody body,
      String name,
      Codes codes,
      String figure,
      SortedMap<Integer, ObjectNode> years) {
    int now = codes.today().getYear();
    if (body.isSound() && years.headMap(now + 1).values().stream().noneMatch(y -> y.has(figure))) {
      body.error(
          name + "/" + ByYear.YEARS,
          "required",
          new Text(
              "Une année qui a commencé doit dire « " + figure + " ».",
              "A year that has begun must tell \"" + figure + "\"."));
    }
  }
}
