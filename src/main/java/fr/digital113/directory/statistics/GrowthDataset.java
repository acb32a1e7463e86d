package fr.digital113.directory.statistics;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.statistics.Breakdown.Names;
import fr.digital113.directory.statistics.Spells.Change;
import fr.digital113.directory.statistics.Spells.Period;
import fr.digital113.directory.statistics.cubes.Cube;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.statistics.cubes.CubeShape;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.web.Version;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dataset {@code growth}: members that joined, left and are present, and their jobs, by month,
 * quarter or year, from the first that joined until today, by one breakdown at most.
 */
@Singleton
class GrowthDataset {
  static final List<Breakdown> BREAKDOWNS =
      List.of(
          Breakdown.DEPARTEMENT,
          Breakdown.EPCI,
          Breakdown.TERRITORY,
          Breakdown.SECTOR,
          Breakdown.SIZE_CLASS,
          Breakdown.ORIGIN);

  static final String NAME = "growth";
  static final Text LABEL =
      new Text("Évolution des adhésions et des emplois", "Growth of members and jobs");
  private static final Text MOVES =
      new Text(
          "Par catégorie, « présents » change aussi quand une entreprise change de catégorie, sans adhésion ni départ.",
          "By category, \"present\" also changes when a company changes category, without joining or leaving.");
  private static final Text OF_VINTAGES =
      new Text(
          "Emplois : du millésime en vigueur à la fin de chaque période ; sans valeur (« m ») avant le premier.",
          "Jobs: of the vintage in force at the end of each period; none (\"m\") before the first.");

  private final DirectoryIndex index;
  private final SizeClasses sizeClasses;
  private final Spells spells;
  private final Vintages vintages;
  private final PrivateReads privateReads;
  private final Turns turns;
  private final CurrentCaller caller;

  GrowthDataset(
      DirectoryIndex index,
      SizeClasses sizeClasses,
      Spells spells,
      Vintages vintages,
      PrivateReads privateReads,
      Turns turns,
      CurrentCaller caller) {
    this.index = index;
    this.sizeClasses = sizeClasses;
    this.spells = spells;
    this.vintages = vintages;
    this.privateReads = privateReads;
    this.turns = turns;
    this.caller = caller;
  }

  static List<String> ids() {
    return BREAKDOWNS.stream().map(Breakdown::id).toList();
  }

  private record Request(Period period, List<Breakdown> by, List<GrowthMeasure> measures) {}

  /** What there is at the end of a period, and what happened in it. */
  private static final class State {
    long joined;
    long left;
    long present;
    long jobs;
  }

  Response respond(Exchange exchange) {
    try (Snapshot snapshot = index.acquire(exchange)) {
      QueryParameters parameters = exchange.parameters();
      String period = parameters.one("period", List.of("month", "quarter", "year"));
      Request request =
          new Request(
              period == null ? Period.YEAR : Period.valueOf(period.toUpperCase(Locale.ROOT)),
              Asked.by(parameters, BREAKDOWNS, 1),
              Asked.measures(
                  parameters,
                  GrowthMeasure.ids(),
                  GrowthMeasure::of,
                  List.of(GrowthMeasure.JOINED, GrowthMeasure.LEFT, GrowthMeasure.PRESENT)));
      CubeShape shape = CubeShape.of(exchange, parameters);
      parameters.check();
      boolean isPrivate =
          request.measures().contains(GrowthMeasure.JOBS) && caller.grant() == Grant.TEAM;
      if (isPrivate) {
        privateReads.note(caller.get(), exchange.request());
      }
      LocalDate today = LocalDate.now(Moments.ZONE);
      // Its last period is that of today: another day is another version, and none is kept.
      Version version =
          isPrivate
              ? CompaniesDataset.liveVersion(snapshot, today)
              : new Version(snapshot.revision(), snapshot.version().key() + "." + today);
      return shape.respond(
          exchange,
          version,
          isPrivate ? turns.ofTheTeam() : turns.of(cells(request, snapshot), true),
          () -> cube(snapshot, parameters, request, today, isPrivate));
    }
  }

  /** About how many there are; how long the history is, is not known before it is read. */
  private long cells(Request request, Snapshot snapshot) {
    return CompanyCube.size(request.by(), new Names(snapshot.labels(), sizeClasses))
        * request.measures().size()
        * request.period().ofTwentyYears();
  }

  private Cube cube(
      Snapshot snapshot,
      QueryParameters parameters,
      Request request,
      LocalDate today,
      boolean isPrivate) {
    List<Change> changes = spells.of(snapshot.position(), request.period(), request.by());
    Map<String, Category> categories = categories(snapshot, request, changes);
    List<LocalDate> periods = periods(request.period(), changes, today);
    long size = (long) periods.size() * categories.size() * request.measures().size();
    if (size > CompaniesDataset.MOST_CELLS) {
      parameters.error(
          "period",
          "too_many_cells",
          new Text("Demandez des périodes plus longues.", "Ask for longer periods."));
      parameters.check();
    }
    Map<LocalDate, Map<String, Change>> byPeriod = new HashMap<>();
    for (Change change : changes) {
      byPeriod
          .computeIfAbsent(change.start(), any -> new HashMap<>())
          .put(VintageJobs.category(change.values()), change);
    }
    Map<String, State> states = new HashMap<>();
    VintageJobs vintageJobs = new VintageJobs(vintages, snapshot, request.by());
    List<Cell> cells = new ArrayList<>();
    for (LocalDate start : periods) {
      Map<String, Change> moved = byPeriod.getOrDefault(start, Map.of());
      LocalDate end = request.period().next(start).minusDays(1);
      Map<String, Cell> published =
          request.measures().contains(GrowthMeasure.JOBS) && !isPrivate
              ? vintageJobs.on(end.isAfter(today) ? today : end)
              : Map.of();
      for (String category : categories.keySet()) {
        State state = states.computeIfAbsent(category, any -> new State());
        apply(state, moved.get(category));
        for (GrowthMeasure measure : request.measures()) {
          cells.add(cell(measure, state, category, isPrivate, published));
        }
      }
    }
    return new Cube(
        NAME,
        LABEL,
        dimensions(request, periods, categories),
        request.measures().stream().map(GrowthMeasure::measure).toList(),
        cells,
        new Cube.About(
            Credits.CLUSTER,
            snapshot.changedAt().toString(),
            today.toString(),
            null,
            null,
            notes(request, isPrivate)));
  }

  private Map<String, Category> categories(
      Snapshot snapshot, Request request, List<Change> changes) {
    Map<String, Category> all = new LinkedHashMap<>();
    all.put(Category.TOTAL, Category.total());
    if (!request.by().isEmpty()) {
      all.putAll(request.by().get(0).categories(new Names(snapshot.labels(), sizeClasses)));
      changes.stream()
          .map(each -> VintageJobs.category(each.values()))
          .sorted()
          .forEach(
              value ->
                  all.putIfAbsent(
                      value,
                      value.equals(Tally.NONE)
                          ? CompanyCube.none()
                          : new Category(value, new Text(value, value))));
    }
    return all;
  }

  private static List<LocalDate> periods(Period period, List<Change> changes, LocalDate today) {
    LocalDate last = period.startOf(today);
    LocalDate start = changes.stream().map(Change::start).min(LocalDate::compareTo).orElse(last);
    List<LocalDate> periods = new ArrayList<>();
    for (LocalDate each = start; !each.isAfter(last); each = period.next(each)) {
      periods.add(each);
    }
    return periods;
  }

  private static void apply(State state, @Nullable Change change) {
    state.joined = change == null ? 0 : change.joined();
    state.left = change == null ? 0 : change.left();
    if (change != null) {
      state.present += change.present();
      state.jobs += change.jobs();
    }
  }

  private static Cell cell(
      GrowthMeasure measure,
      State state,
      String category,
      boolean isPrivate,
      Map<String, Cell> published) {
    return switch (measure) {
      case JOINED -> Cell.of(state.joined);
      case LEFT -> Cell.of(state.left);
      case PRESENT -> Cell.of(state.present);
      case JOBS ->
          isPrivate ? Cell.of(state.jobs) : published.getOrDefault(category, Cell.missing());
    };
  }

  private static List<Dimension> dimensions(
      Request request, List<LocalDate> periods, Map<String, Category> categories) {
    List<Category> times =
        periods.stream()
            .map(request.period()::code)
            .map(code -> new Category(code, new Text(code, code)))
            .toList();
    List<Dimension> dimensions = new ArrayList<>();
    dimensions.add(
        new Dimension("period", new Text("Période", "Period"), Dimension.Role.TIME, times));
    for (Breakdown by : request.by()) {
      dimensions.add(
          new Dimension(by.id(), by.label(), by.role(), List.copyOf(categories.values())));
    }
    return dimensions;
  }

  private static List<Text> notes(Request request, boolean isPrivate) {
    List<Text> notes = new ArrayList<>();
    if (isPrivate) {
      notes.add(Notes.LIVE);
    } else if (request.measures().contains(GrowthMeasure.JOBS)) {
      notes.add(OF_VINTAGES);
      notes.add(Notes.CONFIDENTIAL);
    }
    notes.addAll(Notes.of(request.by()));
    if (!request.by().isEmpty()) {
      notes.add(MOVES);
    }
    return notes;
  }
}
