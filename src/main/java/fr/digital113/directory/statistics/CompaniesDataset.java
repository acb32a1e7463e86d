package fr.digital113.directory.statistics;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.statistics.Breakdown.Names;
import fr.digital113.directory.statistics.cubes.Cube;
import fr.digital113.directory.statistics.cubes.CubeShape;
import fr.digital113.directory.statistics.cubes.Turn;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.web.Version;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dataset {@code companies}: how many companies and jobs, by up to three breakdowns.
 *
 * <p>Counts are public for every filter and day: the list is. Jobs are public in the official
 * tables of a published vintage alone; the team and statisticians see all of them, live.
 */
@Singleton
class CompaniesDataset {
  static final int MOST_BREAKDOWNS = 3;
  static final long MOST_CELLS = 200_000;

  /** Filters of the list of companies, which do not go with jobs for the public. */
  private static final List<String> FILTERS =
      List.of(
          "q",
          "sector",
          "territory",
          "sizeClass",
          "membership",
          "factory",
          "origin",
          "hiring",
          "exportMarket",
          "joinedAfter",
          "near",
          "radius",
          "bbox");

  private final DirectoryIndex index;
  private final Companies companies;
  private final SizeClasses sizeClasses;
  private final DatedTally dated;
  private final Vintages vintages;
  private final ReferenceFigures referenceFigures;
  private final PrivateReads privateReads;
  private final Turns turns;
  private final CurrentCaller caller;

  CompaniesDataset(
      DirectoryIndex index,
      Companies companies,
      SizeClasses sizeClasses,
      DatedTally dated,
      Vintages vintages,
      ReferenceFigures referenceFigures,
      PrivateReads privateReads,
      Turns turns,
      CurrentCaller caller) {
    this.index = index;
    this.companies = companies;
    this.sizeClasses = sizeClasses;
    this.dated = dated;
    this.vintages = vintages;
    this.referenceFigures = referenceFigures;
    this.privateReads = privateReads;
    this.turns = turns;
    this.caller = caller;
  }

  /**
   * What is asked for.
   *
   * @param asOf null for now
   */
  private record Request(
      List<Breakdown> by,
      List<CompanyMeasure> measures,
      @Nullable LocalDate asOf,
      Companies.Selection selection) {
    /** How many there are at least. */
    long cells(Names names) {
      return CompanyCube.size(by, names) * measures.size();
    }

    boolean isOfJobs() {
      return measures.stream().anyMatch(CompanyMeasure::isOfJobs);
    }
  }

  Response respond(Exchange exchange) {
    try (Snapshot snapshot = index.acquire(exchange)) {
      QueryParameters parameters = exchange.parameters();
      LocalDate today = LocalDate.now(Moments.ZONE);
      Request request =
          new Request(
              Asked.by(parameters, Arrays.asList(Breakdown.values()), MOST_BREAKDOWNS),
              Asked.measures(
                  parameters,
                  CompanyMeasure.ids(),
                  CompanyMeasure::of,
                  List.of(CompanyMeasure.COMPANIES)),
              Asked.asOf(parameters, today),
              companies.selection(parameters, snapshot));
      Names names = new Names(snapshot.labels(), sizeClasses);
      boundCells(parameters, request, names);
      boolean isPrivate = request.isOfJobs() && caller.grant() == Grant.TEAM;
      if (request.isOfJobs() && !isPrivate) {
        officialTablesAlone(parameters, request);
      }
      CubeShape shape = CubeShape.of(exchange, parameters);
      parameters.check();
      if (isPrivate) {
        LocalDate day = request.asOf() == null ? today : request.asOf();
        privateReads.note(caller.get(), exchange.request());
        return shape.respond(
            exchange,
            liveVersion(snapshot, today),
            turns.ofTheTeam(),
            () -> live(snapshot, request, day, names));
      }
      Version version = snapshot.version();
      if (request.isOfJobs()) {
        return shape.respond(exchange, version, Turn.ALWAYS, () -> official(snapshot, request));
      }
      LocalDate past = today.equals(request.asOf()) ? null : request.asOf();
      return shape.respond(
          exchange,
          version,
          turns.of(request.cells(names), past != null),
          () ->
              past == null ? now(snapshot, request, names) : past(snapshot, request, past, names));
    }
  }

  /** Headcounts move with revisions that are not public, and figures of now with the day. */
  static Version liveVersion(Snapshot snapshot, LocalDate today) {
    return new Version(
        snapshot.appliedRevision(), snapshot.version().key() + ".jobs." + today, true);
  }

  private static void boundCells(QueryParameters parameters, Request request, Names names) {
    if (request.cells(names) > MOST_CELLS) {
      parameters.error(
          Asked.BY,
          "too_many_cells",
          new Text(
                  "Ce croisement aurait plus de %d cellules ; demandez moins de dimensions à la fois, ou filtrez.",
                  "This crossing would have more than %d cells; ask for fewer dimensions at once, or filter.")
              .with(MOST_CELLS));
    }
  }

  private static void officialTablesAlone(QueryParameters parameters, Request request) {
    if (!OfficialTable.has(request.by())) {
      parameters.error(
          Asked.BY,
          "no_official_table",
          new Text(
                  "Les emplois ne sont publiés que dans les tableaux officiels : by=%s, ou sans « by ».",
                  "Jobs are published in the official tables alone: by=%s, or without \"by\".")
              .with(OfficialTable.list()));
    }
    List<String> filters = FILTERS.stream().filter(parameters::has).toList();
    if (filters.isEmpty() && !request.selection().dated().isAllMembers()) {
      throw new IllegalStateException("a filter of companies is missing in FILTERS");
    }
    for (String filter : filters) {
      parameters.error(
          filter,
          "not_with_jobs",
          new Text(
              "Les emplois ne sont publiés que pour l'ensemble des membres : retirez ce filtre, ou demandez measure=companies.",
              "Jobs are published for all members alone: leave this filter out, or ask for measure=companies."));
    }
  }

  /** From the index: the public of now. */
  private Cube now(Snapshot snapshot, Request request, Names names) {
    Tally tally = IndexTally.of(snapshot, request.selection().now(), request.by());
    String day = snapshot.changedAt().atZone(Moments.ZONE).toLocalDate().toString();
    LocalDate asked = request.asOf();
    return CompanyCube.of(
        tally,
        request.measures(),
        names,
        null,
        about(snapshot, asked == null ? day : asked.toString(), Notes.of(request.by())));
  }

  private Cube past(Snapshot snapshot, Request request, LocalDate day, Names names) {
    List<Text> notes = Notes.of(request.by());
    notes.add(Notes.PAST);
    if (request.selection().dated().among() != null) {
      notes.add(Notes.UNDATED);
    }
    return CompanyCube.of(
        dated.of(snapshot.position(), day, request.selection().dated(), request.by()),
        request.measures(),
        names,
        null,
        about(snapshot, day.toString(), notes));
  }

  /** Everything, for those who may see headcounts. */
  private Cube live(Snapshot snapshot, Request request, LocalDate day, Names names) {
    Tally tally = dated.of(snapshot.position(), day, request.selection().dated(), request.by());
    List<Text> notes = new ArrayList<>(List.of(Notes.LIVE));
    notes.addAll(Notes.of(request.by()));
    if (tally.total().unknown() > 0) {
      notes.add(Notes.unknown(tally.total().unknown()));
    }
    BigDecimal workforce = workforce(snapshot, request, day, notes);
    return CompanyCube.of(
        tally, request.measures(), names, workforce, about(snapshot, day.toString(), notes));
  }

  private @Nullable BigDecimal workforce(
      Snapshot snapshot, Request request, LocalDate day, List<Text> notes) {
    if (!request.measures().contains(CompanyMeasure.JOBS_SHARE)) {
      return null;
    }
    ReferenceFigures.Figure figure = referenceFigures.workforce(snapshot, day.toString());
    notes.add(figure == null ? Notes.NO_WORKFORCE : figure.note());
    return figure == null ? null : figure.value();
  }

  private Cube official(Snapshot snapshot, Request request) {
    List<String> by = request.by().stream().map(Breakdown::id).toList();
    Cube cube = vintages.inForce(snapshot, request.asOf()).cube(by, request.measures());
    if (cube == null) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          new Text(
              "Le millésime en vigueur ce jour-là n'a pas ce tableau.",
              "The vintage in force on that day has no such table."));
    }
    return cube;
  }

  private static Cube.About about(Snapshot snapshot, String asOf, List<Text> notes) {
    return new Cube.About(
        Credits.CLUSTER, snapshot.changedAt().toString(), asOf, null, null, notes);
  }
}
