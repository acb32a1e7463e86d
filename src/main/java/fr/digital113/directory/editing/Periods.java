package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.editing.Shapes.Member;
import fr.digital113.directory.values.PartialDates;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is there for a time: from the day {@code since}, included, until the day {@code until},
 * excluded. A month or a year counts from its first day, as {@code cluster_on} has it in the
 * database.
 */
final class Periods {
  /** From the launch of the cluster on when it is absent. */
  static final Member SINCE = Shapes.optional("since", Shapes.partialDate());

  /** For ever when it is absent. */
  static final Member UNTIL = Shapes.optional("until", Shapes.partialDate());

  private Periods() {}

  /**
   * The days of an entry.
   *
   * @param until the day after the last one
   */
  record Period(LocalDate from, LocalDate until) {
    static Period of(JsonNode entry) {
      LocalDate from = first(entry, "since");
      LocalDate measured = from == null ? first(entry, "baselineOn") : from;
      LocalDate until = first(entry, "until");
      return new Period(
          measured == null ? LocalDate.MIN : measured, until == null ? LocalDate.MAX : until);
    }

    boolean meets(Period other) {
      return from.isBefore(other.until) && other.from.isBefore(until);
    }
  }

  private static @Nullable LocalDate first(JsonNode entry, String name) {
    String date = Json.text(entry, name);
    return date == null ? null : PartialDates.first(date);
  }

  /**
   * An array of entries that have their times.
   *
   * @param same what two entries have in common that must not be there at the same time
   */
  static Field.Reading list(Field.Reading entry, Function<JsonNode, String> same) {
    return Shapes.list(entry, () -> new Apart(same));
  }

  /** Entries of one kind follow each other. */
  private static final class Apart implements Shapes.Rule {
    private final Function<JsonNode, String> same;
    private final Map<String, List<Period>> there = new HashMap<>();

    Apart(Function<JsonNode, String> same) {
      this.same = same;
    }

    @Override
    public void check(JsonBody items, String place, JsonNode value) {
      Period period = Period.of(value);
      if (!period.until().isAfter(period.from())) {
        items.error(
            place + "/until",
            "until_before_since",
            new Text("La fin doit suivre le début.", "The end must follow the start."));
        return;
      }
      List<Period> others = there.computeIfAbsent(same.apply(value), each -> new ArrayList<>());
      if (others.stream().anyMatch(period::meets)) {
        items.error(
            place + "/since",
            "overlapping_period",
            new Text(
                "La liste a déjà cette entrée pour une partie de ce temps : donnez-lui une fin, « until ».",
                "The list has this entry for a part of this time already: give it an end, \"until\"."));
      }
      others.add(period);
    }
  }

  /** An object of which one date is not before another, where both are there. */
  static Field.Reading inOrder(String first, String second, Field.Reading object) {
    return (body, name, codes) -> {
      JsonNode read = object.read(body, name, codes);
      LocalDate from = read == null ? null : first(read, first);
      String to = read == null ? null : Json.text(read, second);
      LocalDate until = to == null ? null : PartialDates.last(to);
      if (from != null && until != null && until.isBefore(from)) {
        body.error(
            name + "/" + second,
            "out_of_order",
            new Text("Doit suivre « " + first + " ».", "Must follow \"" + first + "\"."));
      }
      return read;
    };
  }
}
