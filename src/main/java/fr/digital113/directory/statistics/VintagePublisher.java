package fr.digital113.directory.statistics;

import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.statistics.Breakdown.Names;
import fr.digital113.directory.statistics.confidentiality.CannotDecideException;
import fr.digital113.directory.statistics.confidentiality.Figure;
import fr.digital113.directory.statistics.confidentiality.Protected;
import fr.digital113.directory.statistics.confidentiality.Protection;
import fr.digital113.directory.statistics.confidentiality.Reason;
import fr.digital113.directory.statistics.confidentiality.Vintage;
import fr.digital113.directory.statistics.cubes.Cube;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Sha256;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Computes the vintages that are asked for, one after the other whoever asks where: all official
 * tables together, protected against everything that was published before, and audited. What the
 * audit does not pass is refused and not published.
 */
@Singleton
class VintagePublisher {
  private static final Logger LOG = Logger.getLogger(VintagePublisher.class);
  private static final int LONGEST_REPORT = 20_000;

  private final Jdbi jdbi;
  private final DirectoryIndex index;
  private final SizeClasses sizeClasses;
  private final ReferenceFigures referenceFigures;

  VintagePublisher(
      Jdbi jdbi, DirectoryIndex index, SizeClasses sizeClasses, ReferenceFigures referenceFigures) {
    this.jdbi = jdbi;
    this.index = index;
    this.sizeClasses = sizeClasses;
    this.referenceFigures = referenceFigures;
  }

  private record Asked(String id, LocalDate asOf, int correction, boolean isInterim) {}

  /** What came of the computation; the document is null when it must not be published. */
  private record Outcome(boolean isPublished, String document, String report) {}

  /**
   * Computes the first vintage that waits; its transaction ends with the process, so that another
   * one begins again where this one was killed.
   *
   * @return false when none waits
   */
  boolean next() {
    boolean worked = jdbi.inTransaction(this::next);
    if (worked) {
      index.catchUp();
    }
    return worked;
  }

  private boolean next(Handle database) {
    boolean alone =
        database
            .createQuery("select pg_try_advisory_xact_lock(hashtext('vintage'))")
            .mapTo(Boolean.class)
            .one();
    if (!alone) {
      return false;
    }
    Asked asked =
        database
            .createQuery(
                "select id, as_of, correction, interim from vintage where status = 'preparing' "
                    + "order by requested_at, as_of, correction limit 1 for update")
            .map(
                (row, context) ->
                    new Asked(
                        row.getString("id"),
                        row.getDate("as_of").toLocalDate(),
                        row.getInt("correction"),
                        row.getBoolean("interim")))
            .findOne()
            .orElse(null);
    if (asked == null) {
      return false;
    }
    database.execute("select act_as('statistics')");
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (Snapshot snapshot = index.acquire()) {
      finish(database, asked, now, compute(database, snapshot, asked, now));
    }
    return true;
  }

  private static void finish(Handle database, Asked asked, Instant now, Outcome outcome) {
    if (!outcome.isPublished()) {
      LOG.warnf("Vintage %s is refused: %s", asked.id(), outcome.report());
      database.execute("delete from vintage_company where vintage = ?", asked.id());
      database.execute(
          "update vintage set status = 'refused', report = ? where id = ?",
          shortened(outcome.report()),
          asked.id());
      return;
    }
    byte[] bytes = outcome.document().getBytes(StandardCharsets.UTF_8);
    database
        .createUpdate(
            """
            update vintage set status = 'published', published_at = :now, content = :content,
              checksum = :checksum, report = :report where id = :id
            """)
        .bind("now", now)
        .bind("content", outcome.document())
        .bind("checksum", HexFormat.of().formatHex(Sha256.of(bytes)))
        .bind("report", shortened(outcome.report()))
        .bind("id", asked.id())
        .execute();
    LOG.infof("Vintage %s is published. %s", asked.id(), outcome.report());
  }

  private static String shortened(String report) {
    return report.length() <= LONGEST_REPORT ? report : report.substring(0, LONGEST_REPORT);
  }

  private Outcome compute(Handle database, Snapshot snapshot, Asked asked, Instant now) {
    VintageMembers members =
        VintageMembers.keep(database, asked.id(), asked.asOf(), snapshot.labels());
    try {
      Protection protection = Protection.of(earlier(database, snapshot));
      Protected figures =
          asked.isInterim()
              ? protection.repeat(asked.id(), members.figures())
              : protection.protect(asked.id(), members.figures());
      String report = figures.report().toString();
      if (!figures.report().passes()) {
        return new Outcome(false, "", report);
      }
      VintageDocument.Head head =
          new VintageDocument.Head(
              asked.id(),
              asked.asOf().toString(),
              now.toString(),
              replaced(database, asked),
              referenceFigures.workforce(snapshot, asked.asOf().toString()));
      Names names = new Names(snapshot.labels(), sizeClasses);
      List<Cube> tables = new ArrayList<>();
      for (OfficialTable table : OfficialTable.ALL) {
        tables.add(table(table, members, names, figures.vintage().withheld().keySet()));
      }
      return new Outcome(true, VintageDocument.write(head, tables), report);
    } catch (CannotDecideException undecided) {
      return new Outcome(false, "", String.valueOf(undecided.getMessage()));
    }
  }

  private static @Nullable String replaced(Handle database, Asked asked) {
    return database
        .createQuery(
            """
            select id from vintage where as_of = :asOf and correction < :correction and status = 'published'
            order by correction desc limit 1
            """)
        .bind("asOf", asked.asOf())
        .bind("correction", asked.correction())
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /** Everything that was published before, as it was. */
  private static List<Vintage> earlier(Handle database, Snapshot snapshot) {
    List<Vintage> earlier = new ArrayList<>();
    database
        .createQuery(
            "select id, content from vintage where status = 'published' order by published_at, id")
        .map(
            (row, context) ->
                Map.entry(row.getString("id"), VintageDocument.read(row.getString("content"))))
        .list()
        .forEach(
            each -> {
              List<Figure> figures =
                  VintageMembers.kept(database, each.getKey(), snapshot.labels()).figures();
              earlier.add(new Vintage(each.getKey(), figures, withheld(each.getValue(), figures)));
            });
    return earlier;
  }

  /** The figures of a published vintage whose jobs it does not tell. */
  private static Map<String, Reason> withheld(VintageDocument document, List<Figure> figures) {
    Map<String, Reason> withheld = new HashMap<>();
    for (Cube cube : document.cubes()) {
      List<Breakdown> by =
          cube.dimensions().stream().map(Dimension::id).map(Breakdown::of).toList();
      List<List<String>> cells = cube.coordinates();
      for (int i = 0; i < cells.size(); i++) {
        if (cube.cells().get(2 * i + 1).value() == null) {
          withheld.put(VintageMembers.figure(by, cells.get(i)), Reason.SECONDARY);
        }
      }
    }
    withheld.keySet().retainAll(figures.stream().map(Figure::id).toList());
    return withheld;
  }

  private static Cube table(
      OfficialTable table, VintageMembers members, Names names, Set<String> withheld) {
    Tally tally = members.tally(table);
    List<Text> notes = Notes.of(table.by());
    if (tally.total().unknown() > 0) {
      notes.add(Notes.unknown(tally.total().unknown()));
    }
    Cube all =
        CompanyCube.of(
            tally,
            List.of(CompanyMeasure.COMPANIES, CompanyMeasure.JOBS),
            names,
            null,
            new Cube.About(Credits.CLUSTER, null, "", null, null, notes));
    List<Cell> cells = new ArrayList<>();
    List<List<String>> places = all.coordinates();
    boolean any = false;
    for (int i = 0; i < places.size(); i++) {
      boolean isWithheld = withheld.contains(VintageMembers.figure(table.by(), places.get(i)));
      any |= isWithheld;
      cells.add(all.cells().get(2 * i));
      cells.add(isWithheld ? Cell.confidential() : all.cells().get(2 * i + 1));
    }
    if (any) {
      notes.add(0, Notes.CONFIDENTIAL);
    }
    return new Cube(all.name(), all.label(), all.dimensions(), all.measures(), cells, all.about());
  }
}
