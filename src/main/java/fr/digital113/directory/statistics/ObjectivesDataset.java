package fr.digital113.directory.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.companies.DatedFilter;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.statistics.cubes.Cube;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.statistics.cubes.Cube.Measure;
import fr.digital113.directory.statistics.cubes.CubeShape;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.values.PartialDates;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.web.Version;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dataset {@code objectives}: what the cluster set out to reach, and how far it is. While the
 * deadline is ahead, the pace and where it leads; after it, what was reached on that day.
 */
@Singleton
class ObjectivesDataset {
  static final String NAME = "objectives";
  static final Text LABEL = new Text("Objectifs du cluster", "Objectives of the cluster");

  /** The objective that counts members; of others the directory knows no current value. */
  private static final String MEMBERS = "members";

  private static final int DAYS_OF_A_YEAR = 365;

  static final List<Measure> MEASURES =
      List.of(
          measure("baseline", "Valeur de départ", "Baseline", 0),
          measure("target", "Cible", "Target", 0),
          measure("current", "Valeur actuelle", "Current value", 0),
          measure("progress", "Avancement, % du chemin", "Progress, % of the way", 1),
          measure("pace", "Rythme depuis le départ, par an", "Pace since the baseline, a year", 1),
          measure("neededPace", "Rythme à tenir, par an", "Pace needed, a year", 1),
          measure(
              "projection",
              "Valeur à l'échéance, à ce rythme",
              "Value at the deadline, at that pace",
              0),
          measure("atDeadline", "Valeur à l'échéance", "Value at the deadline", 0));

  private final DirectoryIndex index;
  private final DatedTally dated;
  private final ReferenceFigures figures;
  private final Turns turns;

  ObjectivesDataset(DirectoryIndex index, DatedTally dated, ReferenceFigures figures, Turns turns) {
    this.index = index;
    this.dated = dated;
    this.figures = figures;
    this.turns = turns;
  }

  private static Measure measure(String id, String fr, String en, int decimals) {
    Text unit =
        id.equals("progress")
            ? new Text("pour cent", "per cent")
            : new Text("selon l'objectif", "as the objective");
    return new Measure(id, new Text(fr, en), unit, decimals);
  }

  Response respond(Exchange exchange) {
    try (Snapshot snapshot = index.acquire(exchange)) {
      QueryParameters parameters = exchange.parameters();
      CubeShape shape = CubeShape.of(exchange, parameters);
      parameters.check();
      LocalDate today = LocalDate.now(Moments.ZONE);
      // The pace is that of today: another day is another version, and none is kept.
      Version version =
          new Version(snapshot.revision(), snapshot.version().key() + "." + today, false);
      return shape.respond(exchange, version, turns.of(0, true), () -> cube(snapshot, today));
    }
  }

  private Cube cube(Snapshot snapshot, LocalDate today) {
    List<Category> categories = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    List<Text> notes = new ArrayList<>();
    for (JsonNode objective : figures.objectives(snapshot)) {
      String code = objective.path("code").asText();
      JsonNode label = objective.path("label");
      categories.add(
          new Category(code, new Text(label.path("fr").asText(), label.path("en").asText())));
      notes.add(dates(objective));
      cells.addAll(cells(snapshot, objective, code, today));
    }
    return new Cube(
        NAME,
        LABEL,
        List.of(
            new Dimension(
                "objective",
                new Text("Objectif", "Objective"),
                Dimension.Role.CLASSIFICATION,
                categories)),
        MEASURES,
        cells,
        new Cube.About(
            Credits.CLUSTER, snapshot.changedAt().toString(), today.toString(), null, null, notes));
  }

  private static Text dates(JsonNode objective) {
    String code = objective.path("code").asText();
    String unitFr = objective.path("unit").path("fr").asText();
    String unitEn = objective.path("unit").path("en").asText();
    return new Text(
        "%s : départ le %s, échéance le %s, en %s."
            .formatted(code, baselineOn(objective), deadline(objective), unitFr),
        "%s: baseline on %s, deadline on %s, in %s."
            .formatted(code, baselineOn(objective), deadline(objective), unitEn));
  }

  private static String baselineOn(JsonNode objective) {
    return objective.path("baselineOn").asText();
  }

  private static String deadline(JsonNode objective) {
    return objective.path("deadline").asText();
  }

  private List<Cell> cells(Snapshot snapshot, JsonNode objective, String code, LocalDate today) {
    BigDecimal baseline = objective.path("baseline").decimalValue();
    BigDecimal target = objective.path("target").decimalValue();
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(baseline), Cell.of(target)));
    if (!code.equals(MEMBERS)) {
      while (cells.size() < MEASURES.size()) {
        cells.add(Cell.missing());
      }
      return cells;
    }
    BigDecimal current = BigDecimal.valueOf(Companies.members(snapshot));
    LocalDate from = PartialDates.first(baselineOn(objective));
    LocalDate until = PartialDates.last(deadline(objective));
    boolean isAhead = until != null && today.isBefore(until);
    cells.add(Cell.of(current));
    cells.add(share(current.subtract(baseline), target.subtract(baseline)));
    BigDecimal pace =
        from == null || !isAhead ? null : perYear(current.subtract(baseline), from, today);
    cells.add(cell(pace));
    cells.add(
        cell(until == null || !isAhead ? null : perYear(target.subtract(current), today, until)));
    cells.add(
        until == null || pace == null
            ? Cell.missing()
            : Cell.of(
                current
                    .add(
                        pace.multiply(BigDecimal.valueOf(ChronoUnit.DAYS.between(today, until)))
                            .divide(BigDecimal.valueOf(DAYS_OF_A_YEAR), 1, RoundingMode.HALF_UP))
                    .setScale(0, RoundingMode.HALF_UP)));
    cells.add(
        until == null || isAhead
            ? Cell.missing()
            : Cell.of(
                dated
                    .of(snapshot.position(), until, DatedFilter.members(), List.of())
                    .total()
                    .companies()));
    return cells;
  }

  private static @Nullable BigDecimal perYear(BigDecimal change, LocalDate from, LocalDate until) {
    long days = ChronoUnit.DAYS.between(from, until);
    return days <= 0
        ? null
        : change
            .multiply(BigDecimal.valueOf(DAYS_OF_A_YEAR))
            .divide(BigDecimal.valueOf(days), 1, RoundingMode.HALF_UP);
  }

  private static Cell cell(@Nullable BigDecimal value) {
    return value == null ? Cell.missing() : Cell.of(value);
  }

  private static Cell share(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? Cell.missing()
        : Cell.of(part.multiply(BigDecimal.valueOf(100)).divide(whole, 1, RoundingMode.HALF_UP));
  }
}
