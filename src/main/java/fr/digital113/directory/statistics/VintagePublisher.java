package fr.digital113.directory.statistics;

import fr.digital113.directory.database.ForJobs;
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
import java.util.OptionalLong;
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
  private static final int LONGEST_DOCUMENT = 5_000_000;

  private final Jdbi jdbi;
  private final DirectoryIndex index;
  private final SizeClasses sizeClasses;
  private final ReferenceFigures referenceFigures;

  VintagePublisher(
      @ForJobs Jdbi jdbi,
      DirectoryIndex index,
      SizeClasses sizeClasses,
      ReferenceFigures referenceFigures) {
    this.jdbi = jdbi;
    this.index = index;
    this.sizeClasses = sizeClasses;
    this.referenceFigures = referenceFigures;
  }

  private record Asked(String id, LocalDate asOf, int correction, boolean isInterim) {}

  /**
   * What came of the computation.
   *
   * @param publication null when nothing may be published
   */
  private record Outcome(
      VintageMembers members, @Nullable Publication publication, String report) {}

  private record Publication(Instant at, String document) {}

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
                // Not locked, nor is anything else until it is written: who asks, edits or deletes
                // does not wait for a computation of minutes
                "select id, as_of, correction, interim from vintage where status = 'preparing' "
                    + "order by requested_at, as_of, correction limit 1")
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
    try (Snapshot snapshot = index.acquire()) {
      finish(database, asked, compute(database, snapshot, asked));
    }
    return true;
  }

  private static void finish(Handle database, Asked asked, Outcome outcome) {
    Publication publication = outcome.publication();
    if (publication == null) {
      LOG.warnf("Vintage %s is refused; its audit says why", asked.id());
      database.execute(
          "update vintage set status = 'refused', report = ? where id = ?",
          shortened(outcome.report()),
          asked.id());
      return;
    }
    outcome.members().keep(database, asked.id());
    byte[] bytes = publication.document().getBytes(StandardCharsets.UTF_8);
    database
        .createUpdate(
            """
            update vintage set status = 'published', published_at = :at, content = :content,
              checksum = :checksum, report = :report where id = :id
            """)
        .bind("at", publication.at())
        .bind("content", publication.document())
        .bind("checksum", HexFormat.of().formatHex(Sha256.of(bytes)))
        .bind("report", shortened(outcome.report()))
        .bind("id", asked.id())
        .execute();
    // Not its report: the widths in it tell headcounts
    LOG.infof("Vintage %s is published", asked.id());
  }

  private static String shortened(String report) {
    return report.length() <= LONGEST_REPORT ? report : report.substring(0, LONGEST_REPORT);
  }

  private Outcome compute(Handle database, Snapshot snapshot, Asked asked) {
    VintageMembers members = VintageMembers.of(database, asked.asOf());
    try {
      Protection protection = Protection.of(earlier(database));
      Protected figures =
          asked.isInterim()
              ? protection.repeat(asked.id(), members.figures())
              : protection.protect(asked.id(), members.figures());
      String report = figures.report().toString();
      if (!figures.report().passes()) {
        return new Outcome(members, null, report);
      }
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS); // that took up to minutes
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
      String document = VintageDocument.write(head, tables);
      return document.length() > LONGEST_DOCUMENT
          ? new Outcome(members, null, "Too long: " + document.length() + " characters")
          : new Outcome(members, new Publication(now, document), report);
    } catch (CannotDecideException undecided) {
      return new Outcome(members, null, String.valueOf(undecided.getMessage()));
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException mistake) {
      // It would be the same again and again, and no other could ever be computed
      LOG.errorf(mistake, "Vintage %s could not be computed", asked.id());
      return new Outcome(members, null, "Could not be computed: " + mistake);
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
  private static List<Vintage> earlier(Handle database) {
    List<Vintage> earlier = new ArrayList<>();
    database
        .createQuery(
            "select id, content from vintage where status = 'published' order by published_at, id")
        .map(
            (row, context) ->
                Map.entry(row.getString("id"), VintageDocument.read(row.getString("content"))))
        .list()
        .forEach(
            each ->
                earlier.add(
                    asPublished(
                        each.getKey(),
                        each.getValue(),
                        VintageMembers.kept(database, each.getKey()).figures())));
    return earlier;
  }

  /**
   * The figures that a vintage has, with those withheld whose jobs it does not tell.
   *
   * @throws CannotDecideException when it tells others than those: what an attacker can conclude
   *     from it is not known then
   */
  private static Vintage asPublished(String id, VintageDocument document, List<Figure> figures) {
    Map<String, OptionalLong> told = told(document);
    List<Figure> its = figures.stream().filter(each -> told.containsKey(each.id())).toList();
    Map<String, Reason> withheld = new HashMap<>();
    Map<String, Long> jobs = new HashMap<>();
    for (Figure figure : its) {
      jobs.put(figure.id(), figure.jobs());
    }
    told.forEach(
        (figure, value) -> {
          if (value.isEmpty()) {
            withheld.put(figure, Reason.SECONDARY);
          } else if (value.getAsLong() != jobs.getOrDefault(figure, 0L)) {
            throw new CannotDecideException(
                "What vintage %s published of \"%s\" is not what its companies add up to"
                    .formatted(id, figure));
          }
        });
    withheld.keySet().retainAll(jobs.keySet());
    return new Vintage(id, its, withheld);
  }

  /** The jobs of every figure of a document; empty where they are withheld. */
  private static Map<String, OptionalLong> told(VintageDocument document) {
    Map<String, OptionalLong> told = new HashMap<>();
    for (Cube cube : document.cubes()) {
      List<Breakdown> by =
          cube.dimensions().stream().map(Dimension::id).map(Breakdown::of).toList();
      List<List<String>> cells = cube.coordinates();
      for (int i = 0; i < cells.size(); i++) {
        Number jobs = cube.cells().get(2 * i + 1).value();
        told.put(
            VintageMembers.figure(by, cells.get(i)),
            jobs == null ? OptionalLong.empty() : OptionalLong.of(jobs.longValue()));
      }
    }
    return told;
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
