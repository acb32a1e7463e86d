package fr.digital113.directory.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.database.Cursors;
import fr.digital113.directory.database.Snapshots;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads the change log: the public feed, or the images of everything. */
@Singleton
public class ChangeFeed {
  private static final int FETCH_SIZE = 1_000;

  /** Fewer steps of the log are read faster than the standby is asked what it has. */
  private static final int MANY = 1_000;

  private final Jdbi jdbi;
  private final StandbyReads reads;
  private final ObjectMapper mapper;

  ChangeFeed(Jdbi jdbi, StandbyReads reads, ObjectMapper mapper) {
    this.jdbi = jdbi;
    this.reads = reads;
    this.mapper = mapper;
  }

  /** One moment of the feed: every read through it sees the same revision. */
  public interface View {
    LogHead head();

    /**
     * Hands over the last state of each aggregate of some types that changed after a revision, in
     * no promised order.
     */
    void changesAfter(long revision, Collection<String> types, Consumer<FeedItem> consumer);

    /**
     * Hands over every aggregate of some types as its tables hold it, to compare them with what was
     * made of the log.
     */
    void content(Collection<String> types, ContentConsumer consumer);
  }

  /** Takes one document of the content itself. */
  public interface ContentConsumer {
    /**
     * @param document what this side of the log shows; null when that is nothing
     */
    void accept(String type, String id, @Nullable JsonNode document);
  }

  /**
   * Gives the database a new epoch: it was put back to an older state, and its next revisions will
   * mean something else than those of these numbers that somebody has seen.
   *
   * @param old the epoch that was seen; nothing happens when another process has ended it already
   */
  public void renewEpoch(String old) {
    jdbi.useHandle(
        database ->
            database.execute(
                "update epoch set id = gen_random_uuid(), since = now() where id::text = ?", old));
  }

  /** When a revision was committed; null when the log has none of this number. */
  public @Nullable Instant committedAt(long revision) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select committed_at from revision where revision = :revision")
                .bind("revision", revision)
                .map((row, context) -> row.getTimestamp("committed_at").toInstant())
                .findOne()
                .orElse(null));
  }

  /** Where the log stands now. */
  public LogHead head() {
    return jdbi.withHandle(ChangeFeed::head);
  }

  /** Runs {@code reader} on the newest snapshot of one side of the log. */
  public void read(Visibility side, Consumer<View> reader) {
    Snapshots.read(jdbi, handle -> readView(handle, side, reader));
  }

  /**
   * Runs {@code reader} on a snapshot of one side of the log that has at least what a head told. It
   * may run again when the server that it began with fails.
   *
   * @param after what is to be read begins behind this revision; when that is much, the standby is
   *     asked
   */
  public void read(Visibility side, LogHead promised, long after, Consumer<View> reader) {
    if (!reads.isConfigured() || !isMuch(side, after)) {
      read(side, reader);
      return;
    }
    reads.atLeast(promised.position(), handle -> readView(handle, side, reader));
  }

  private boolean isMuch(Visibility side, long after) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(
                    "select count(*) = :many from (select from %s where %s > :after limit :many) step"
                        .formatted(side.log(), side.order()))
                .bind("many", MANY)
                .bind("after", after)
                .mapTo(Boolean.class)
                .one());
  }

  /** Returns where the log stood. */
  private LogHead readView(Handle handle, Visibility side, Consumer<View> reader) {
    LogHead head = head(handle);
    reader.accept(view(handle, side, head));
    return head;
  }

  private View view(Handle handle, Visibility side, LogHead head) {
    return new View() {
      @Override
      public LogHead head() {
        return head;
      }

      @Override
      public void changesAfter(
          long revision, Collection<String> types, Consumer<FeedItem> consumer) {
        stream(handle, side, revision, types, consumer);
      }

      @Override
      public void content(Collection<String> types, ContentConsumer consumer) {
        streamContent(handle, side, types, consumer);
      }
    };
  }

  static LogHead head(Handle handle) {
    return handle
        .createQuery(
            """
            select (select id::text from epoch) as epoch,
                   coalesce((select max(revision) from revision), 0) as revision,
                   (select committed_at from revision order by revision desc limit 1) as committed_at,
                   coalesce(p.revision, 0) as public_revision,
                   coalesce(p.committed_at, 'epoch') as public_at,
                   (select count(*) from personal_erasure) as erasures,
                   h.public as feed_horizon, h.audit as audit_horizon
            from log_horizon h
            left join lateral (select revision, committed_at from revision
              where public order by revision desc limit 1) p on true
            """)
        .map(
            (row, context) ->
                new LogHead(
                    row.getString("epoch"),
                    row.getLong("revision"),
                    instant(row, "committed_at"),
                    row.getLong("public_revision"),
                    row.getTimestamp("public_at").toInstant(),
                    row.getLong("erasures"),
                    row.getLong("feed_horizon"),
                    row.getLong("audit_horizon")))
        .one();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp moment = row.getTimestamp(column);
    return moment == null ? null : moment.toInstant();
  }

  private void stream(
      Handle handle,
      Visibility side,
      long revision,
      Collection<String> types,
      Consumer<FeedItem> consumer) {
    Cursors.query(
            handle,
            """
            select distinct on (p.type, p.id) p.type, p.id, p.revision, p.document, r.committed_at
            from %s p join revision r on r.revision = p.revision
            where p.%s > :revision and p.type = any(:types)
            order by p.type, p.id, p.revision desc
            """
                .formatted(side.log(), side.order()),
            FETCH_SIZE)
        .bind("revision", revision)
        .bindArray("types", String.class, types)
        .map((row, context) -> item(row))
        .forEach(consumer);
  }

  private void streamContent(
      Handle handle, Visibility side, Collection<String> types, ContentConsumer consumer) {
    Map<String, String> views =
        handle
            .createQuery(
                "select type, view::text as view from aggregate_type where type = any(:types)")
            .bindArray("types", String.class, types)
            .collectRows(
                Collectors.toMap(
                    row -> row.getColumn("type", String.class),
                    row -> row.getColumn("view", String.class)));
    views.forEach(
        (type, view) ->
            Cursors.query(
                    handle,
                    "select id, %s::text as document from %s".formatted(side.column(), view),
                    FETCH_SIZE)
                .map(
                    (row, context) -> {
                      consumer.accept(
                          type, row.getString("id"), document(row.getString("document")));
                      return view;
                    })
                .forEach(done -> {}));
  }

  private FeedItem item(ResultSet row) throws SQLException {
    return new FeedItem(
        row.getString("type"),
        row.getString("id"),
        row.getLong("revision"),
        row.getTimestamp("committed_at").toInstant(),
        document(row.getString("document")));
  }

  private @Nullable JsonNode document(@Nullable String json) {
    try {
      return json == null ? null : mapper.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("jsonb that is not JSON", impossible);
    }
  }
}
