package fr.digital113.directory.imports;

import fr.digital113.directory.values.KnownCodes;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.Slugs;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the Factories file. Null is an absent column or an empty cell; the header tells which.
 *
 * @param leads none to two
 * @param participants references of companies
 */
record FactoryRow(
    @Nullable UUID id,
    @Nullable String slug,
    @Nullable String name,
    @Nullable String missionFr,
    @Nullable String missionEn,
    List<String> sectors,
    @Nullable String status,
    List<Lead> leads,
    List<String> participants) {

  /** A company, as the file names it, and the first day of its lead. */
  record Lead(String column, String company, @Nullable LocalDate since) {}

  private static final List<String> STATUSES = List.of("forming", "active", "needs_lead", "closed");

  static FactoryRow of(RowCells cells, KnownCodes known) throws RejectedRowException {
    String name = cells.get("name", Values.line(200));
    cells.requireFilled("name", name);
    List<Lead> leads = new ArrayList<>();
    for (String column : List.of("lead1", "lead2")) {
      String company = cells.get(column, Values.line(500));
      LocalDate since = cells.get(column + "Since", Values::date);
      if (company != null) {
        leads.add(new Lead(column, company, since));
      } else if (since != null) {
        throw RowCells.missing(column);
      }
    }
    return new FactoryRow(
        cells.get("id", Values::id),
        cells.get("slug", Values::slug),
        name,
        cells.get("missionFr", Values.paragraphs(20_000)),
        cells.get("missionEn", Values.paragraphs(20_000)),
        orNone(cells.get("sectors", Values.list(known::sector))),
        cells.get("status", Values.oneOf(STATUSES)),
        leads,
        orNone(cells.get("participants", Values.list(Values.line(500)))));
  }

  /** The slug to look for, or to give a new Factory. */
  @Nullable String wantedSlug() {
    if (slug != null || name == null) {
      return slug;
    }
    String made = Slugs.of(name);
    return made.isEmpty() || made.chars().allMatch(Character::isDigit) ? "factory-" + made : made;
  }

  private static List<String> orNone(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }
}
