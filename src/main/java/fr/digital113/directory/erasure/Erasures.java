package fr.digital113.directory.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.database.Snapshots;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.erasure.Journal.Entry;
import fr.digital113.directory.erasure.Terms.Term;
import fr.digital113.directory.index.DirectoryIndex;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Forgets persons, and knows when that was done. */
@Singleton
class Erasures {
  private static final Logger LOG = Logger.getLogger(Erasures.class);
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String SELECT =
      "select id, at, actor, reason, jsonb_array_length(terms) as terms, places::text as places, replayed_at"
          + " from personal_erasure";

  private final Jdbi jdbi;
  private final Writes writes;
  private final DirectoryIndex index;
  private final ChangeFeed feed;
  private final Journal journal;
  private final LeftFiles files;

  Erasures(
      Jdbi jdbi,
      Writes writes,
      DirectoryIndex index,
      ChangeFeed feed,
      Journal journal,
      LeftFiles files) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.index = index;
    this.feed = feed;
    this.journal = journal;
    this.files = files;
  }

  /** Counts what is there of a person, in the index of this process too. Changes nothing. */
  Map<String, Long> find(List<Term> terms) {
    Finder finder = new Finder(Terms.given(terms));
    Map<String, Long> counts =
        Snapshots.read(
            jdbi,
            database -> {
              Scan scan = new Scan(database, finder);
              scan.find(Places.CONTENT);
              scan.find(Places.LOG);
              return new LinkedHashMap<>(scan.counts());
            });
    index.catchUp();
    counts.put("index", index.countStored((type, text) -> Masking.finds(type, text, finder)));
    counts.put("uploads", files.count());
    return counts;
  }

  /**
   * Forgets a person everywhere, in one transaction; when this returns, the files of this process
   * have forgotten as well.
   */
  UUID erase(Caller caller, List<Term> terms, String reason) {
    ErasureKey key = ErasureKey.random();
    Entry entry =
        new Entry(
            UuidCreator.getTimeOrderedEpoch(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
            reason,
            key.text(),
            terms.stream().map(term -> term.hashed(key)).toList());
    Finder finder = new Finder(Terms.given(terms));
    Writes.Work<UUID> erasure =
        database ->
            Erasing.orBusy(
                () -> {
                  Erasing erasing = new Erasing(database);
                  erasing.lockOrRefuse();
                  files.delete();
                  Map<String, Long> counts = erasing.erase(finder, key);
                  String actor =
                      finder.isActor(caller.actor())
                          ? key.pseudonym(caller.actor())
                          : caller.actor();
                  insert(database, entry, actor, counts, false);
                  journal.append(entry); // last, and before the commit
                  return entry.id();
                });
    patiently(() -> requireForgotten(writes.run(caller, erasure)));
    vacuum();
    return entry.id();
  }

  /** Other writes may be shown later; this one is promised to be. */
  private static void requireForgotten(Writes.Written<UUID> erased) {
    if (!erased.isShown()) {
      throw new IllegalStateException(
          "Erasure %s is done in the database; the index of this process still has what was erased"
              .formatted(erased.result()));
    }
  }

  /** Tries again while others write; in between they can. */
  private static void patiently(Runnable erasure) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        erasure.run();
        return;
      } catch (Erasing.BusyException busy) {
        if (System.nanoTime() >= end) {
          throw Erasing.busy();
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** Does again what a restored backup does not know of. Returns how many that were. */
  int replay() {
    int replayed = 0;
    List<Entry> entries = journal.entries();
    long lacking = lacking(entries);
    if (lacking > 0) {
      LOG.warnf(
          "The journal of erasures lacks %d that the database has: it is not the newest one. If a backup was put back, look for another copy, as others may be missing from both",
          lacking);
    }
    for (Entry entry : entries) {
      if (find(entry.id()).isPresent()) {
        continue;
      }
      LOG.infof("Erasure %s of %s is done again", entry.id(), entry.at());
      if (replayed == 0) {
        feed.renewEpoch(feed.head().epoch()); // only a backup that was put back lacks one
      }
      ErasureKey key = ErasureKey.of(entry.key());
      Finder finder = new Finder(Terms.hashed(entry.terms(), key));
      jdbi.useTransaction(
          database -> {
            database.execute("select act_as('replay of erasures')");
            Erasing erasing = new Erasing(database);
            erasing.lock();
            if (find(database, entry.id()).isEmpty()) { // else another process was first
              insert(database, entry, "replay of erasures", erasing.erase(finder, key), true);
            }
          });
      replayed++;
    }
    if (replayed > 0) {
      vacuum();
    }
    return replayed;
  }

  /** How many erasures of the database a journal does not have. */
  private long lacking(List<Entry> entries) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select count(*) from personal_erasure where id <> all(:known)")
                .bindArray("known", UUID.class, entries.stream().map(Entry::id).toList())
                .mapTo(Long.class)
                .one());
  }

  /** How many erasures of the database the journal does not have: it is not the newest one. */
  long lacking() {
    return lacking(journal.entries());
  }

  private static void insert(
      Handle database, Entry entry, String actor, Map<String, Long> counts, boolean replay) {
    database
        .createUpdate(
            """
            insert into personal_erasure (id, at, actor, reason, terms, places, replayed_at)
            values (:id, cast(:at as timestamptz), :actor, :reason, cast(:terms as jsonb), cast(:places as jsonb),
              case when :replay then now() end)
            """)
        .bind("id", entry.id())
        .bind("at", entry.at())
        .bind("actor", actor)
        .bind("reason", entry.reason())
        .bind("terms", json(entry.terms()))
        .bind("places", json(ErasureView.list(counts)))
        .bind("replay", replay)
        .execute();
  }

  /** Takes out of the database's files what nobody reads any more. */
  private void vacuum() {
    try {
      jdbi.useHandle(
          database -> {
            database.execute("vacuum " + String.join(", ", Places.searchedTables(Places.CONTENT)));
            database.execute("vacuum " + String.join(", ", Places.searchedTables(Places.LOG)));
          });
    } catch (JdbiException later) {
      LOG.warnf("VACUUM is left to the database (%s)", later.getMessage());
    }
  }

  List<ErasureView> list(int limit) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(SELECT + " order by at desc, id desc limit :limit")
                .bind("limit", limit)
                .map((row, context) -> view(row))
                .list());
  }

  long count() {
    return jdbi.withHandle(
        database ->
            database.createQuery("select count(*) from personal_erasure").mapTo(Long.class).one());
  }

  Optional<ErasureView> find(UUID id) {
    return jdbi.withHandle(database -> find(database, id));
  }

  private static Optional<ErasureView> find(Handle database, UUID id) {
    return database
        .createQuery(SELECT + " where id = :id")
        .bind("id", id)
        .map((row, context) -> view(row))
        .findOne();
  }

  private static ErasureView view(ResultSet row) throws SQLException {
    try {
      List<ErasureView.Count> places =
          MAPPER.readValue(row.getString("places"), new TypeReference<>() {});
      return new ErasureView(
          row.getObject("id", UUID.class),
          row.getObject("at", OffsetDateTime.class),
          row.getString("actor"),
          row.getString("reason"),
          row.getInt("terms"),
          places.stream().mapToLong(ErasureView.Count::rows).sum(),
          places,
          row.getObject("replayed_at", OffsetDateTime.class));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("jsonb that is not JSON", impossible);
    }
  }

  private static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
