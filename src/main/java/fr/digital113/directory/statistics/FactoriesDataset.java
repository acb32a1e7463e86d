package fr.digital113.directory.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.meetings.Meetings;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.statistics.cubes.Cube;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.statistics.cubes.CubeShape;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.web.Version;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dataset {@code factories}: working groups, who takes part in them, and what they do, on any
 * day. It counts what everybody can list; of workshops it tells no more than their number, and how
 * many plans were presented in a year of enough of them.
 */
@Singleton
class FactoriesDataset {
  static final String NAME = "factories";
  static final Text LABEL =
      new Text("Factories et vie du cluster", "Factories and the life of the cluster");
  static final List<Breakdown> BREAKDOWNS = List.of(Breakdown.FACTORY, Breakdown.SECTOR);

  private static final Text OF_THE_RECORDS =
      new Text(
          "Réunions, initiatives et ateliers sont comptés d'après leur description d'aujourd'hui et leurs dates ; les réunions réservées aux membres et les brouillons ne comptent pas.",
          "Meetings, initiatives and workshops are counted as they are described today, by their dates; meetings for members only and drafts do not count.");
  private static final Text TOO_FEW_WORKSHOPS =
      new Text(
          "« c » : moins de %d tables à secousses dans l'année, le nombre de plans présentés à l'une d'elles se lirait."
              .formatted(FactoryTally.LEAST_WORKSHOPS),
          "\"c\": fewer than %d tables à secousses in the year, how many plans one of them saw could be told."
              .formatted(FactoryTally.LEAST_WORKSHOPS));

  private final DirectoryIndex index;
  private final FactoryTally tally;
  private final Meetings meetings;
  private final SizeClasses sizeClasses;
  private final Turns turns;

  FactoriesDataset(
      DirectoryIndex index,
      FactoryTally tally,
      Meetings meetings,
      SizeClasses sizeClasses,
      Turns turns) {
    this.index = index;
    this.tally = tally;
    this.meetings = meetings;
    this.sizeClasses = sizeClasses;
    this.turns = turns;
  }

  private record Request(
      @Nullable Breakdown by, List<FactoryMeasure> measures, LocalDate day, LocalDate today) {}

  Response respond(Exchange exchange) {
    try (Snapshot snapshot = index.acquire(exchange)) {
      QueryParameters parameters = exchange.parameters();
      LocalDate today = LocalDate.now(Moments.ZONE);
      List<Breakdown> by = Asked.by(parameters, BREAKDOWNS, 1);
      List<FactoryMeasure> measures =
          Asked.measures(
              parameters,
              FactoryMeasure.ids(),
              FactoryMeasure::of,
              List.of(
                  FactoryMeasure.GROUPS,
                  FactoryMeasure.COMPANIES,
                  FactoryMeasure.MEETINGS,
                  FactoryMeasure.INITIATIVES));
      LocalDate asOf = Asked.asOf(parameters, today);
      CubeShape shape = CubeShape.of(exchange, parameters);
      parameters.check();
      Request request =
          new Request(
              by.isEmpty() ? null : by.get(0), measures, asOf == null ? today : asOf, today);
      // Plans, and terms entered late, move figures of any day, and nothing that the public reads.
      Version past = snapshot.versionOfThePast();
      // Another day is another version of what is asked of today, and none is kept.
      Version version =
          asOf == null ? new Version(past.revision(), past.key() + "." + today) : past;
      return shape.respond(exchange, version, turns.of(0, true), () -> cube(snapshot, request));
    }
  }

  private Cube cube(Snapshot snapshot, Request request) {
    FactoryTally.Result result = tally.of(snapshot.position(), request.day(), request.by());
    Map<String, Long> held =
        request.measures().contains(FactoryMeasure.MEETINGS)
            ? meetings.held(snapshot, request.day().minusYears(1).plusDays(1), request.day())
            : Map.of();
    Map<String, Category> categories = categories(snapshot, request.by());
    List<Cell> cells = new ArrayList<>();
    for (String value : categories.keySet()) {
      for (FactoryMeasure measure : request.measures()) {
        cells.add(cell(snapshot, request, result, held, value, measure));
      }
    }
    List<Dimension> dimensions =
        request.by() == null
            ? List.of()
            : List.of(
                new Dimension(
                    request.by().id(),
                    request.by().label(),
                    request.by().role(),
                    List.copyOf(categories.values())));
    return new Cube(
        NAME,
        LABEL,
        dimensions,
        request.measures().stream().map(FactoryMeasure::measure).toList(),
        cells,
        new Cube.About(
            Credits.CLUSTER,
            snapshot.changedAt().toString(),
            request.day().toString(),
            null,
            null,
            notes(request)));
  }

  private Map<String, Category> categories(Snapshot snapshot, @Nullable Breakdown by) {
    Map<String, Category> all = new LinkedHashMap<>();
    all.put(Category.TOTAL, Category.total());
    if (by != null) {
      all.putAll(by.categories(new Breakdown.Names(snapshot.labels(), sizeClasses)));
    }
    return all;
  }

  private static Cell cell(
      Snapshot snapshot,
      Request request,
      FactoryTally.Result result,
      Map<String, Long> held,
      String value,
      FactoryMeasure measure) {
    if (measure.isOfTheCluster()) {
      if (!value.equals(Category.TOTAL)) {
        return Cell.missing();
      }
      Long plans = result.workshops().plans();
      return measure == FactoryMeasure.WORKSHOPS
          ? Cell.of(result.workshops().held())
          : plans == null ? Cell.confidential() : Cell.of(plans);
    }
    FactoryTally.Counts counts = result.byValue().getOrDefault(value, FactoryTally.Counts.NONE);
    return Cell.of(
        switch (measure) {
          case GROUPS -> counts.groups();
          case COMPANIES -> counts.companies();
          case INITIATIVES -> counts.initiatives();
          case DONE -> counts.done();
          case MEETINGS -> meetingsOf(snapshot, request.by(), held, value);
          case WORKSHOPS, PLANS -> throw new IllegalStateException(measure.id());
        });
  }

  private static long meetingsOf(
      Snapshot snapshot, @Nullable Breakdown by, Map<String, Long> held, String value) {
    return held.entrySet().stream()
        .filter(
            each ->
                value.equals(Category.TOTAL)
                    || (by == Breakdown.FACTORY
                        ? each.getKey().equals(value)
                        : sectors(snapshot, each.getKey()).contains(value)))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static List<String> sectors(Snapshot snapshot, String factory) {
    JsonNode document = snapshot.labels().find("factory", factory);
    return document == null ? List.of() : Json.texts(document.path("sectors"));
  }

  private static List<Text> notes(Request request) {
    List<Text> notes = new ArrayList<>(List.of(OF_THE_RECORDS));
    if (request.by() != null) {
      notes.add(Notes.OVERLAP);
    }
    if (request.measures().contains(FactoryMeasure.PLANS)) {
      notes.add(TOO_FEW_WORKSHOPS);
    }
    return notes;
  }
}
