package fr.digital113.directory.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** Reads the public feed of the change log. */
@Singleton
public class ChangeFeed {
  private static final int FETCH_SIZE = 1_000;

  private final Jdbi jdbi;
  private final ObjectMapper mapper;

  ChangeFeed(Jdbi jdbi, ObjectMapper mapper) {
    this.jdbi = jdbi;
    this.mapper = mapper;
  }

  /** One moment of the feed: every read through it sees the same revision. */
  public interface View {
    LogHead head();

    /**
     * Hands over the last state of each aggregate that changed after a revision, in no promised
     * order.
     *
     * @param types which types, or all but these when {@code exclude} is set
     */
    void changesAfter(
        long revision, Collection<String> types, boolean exclude, Consumer<FeedItem> consumer);

    /**
     * Hands over every aggregate as its tables hold it, to compare them with what was made of the
     * log.
     */
    void content(ContentConsumer consumer);
  }

  /** Takes one document of the content itself. */
  public interface ContentConsumer {
    /**
     * @param document the public document; null when the aggregate is not public
     */
    void accept(String type, String id, @Nullable JsonNode document);
  }

  /** Where the log stands now. */
  public LogHead head() {
    return jdbi.withHandle(ChangeFeed::head);
  }

  /** Runs {@code reader} on one snapshot of the log. */
  public void read(Consumer<View> reader) {
    jdbi.useTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          handle.setReadOnly(true);
          LogHead head = head(handle);
          reader.accept(
              new View() {
                @Override
                public LogHead head() {
                  return head;
                }

                @Override
                public void changesAfter(
                    long revision,
                    Collection<String> types,
                    boolean exclude,
                    Consumer<FeedItem> consumer) {
                  stream(handle, revision, types, exclude, consumer);
                }

                @Override
                public void content(ContentConsumer consumer) {
                  streamContent(handle, consumer);
                }
              });
        });
  }

  static LogHead head(Handle handle) {
    return handle
        .createQuery(
            """
            select (select id::text from epoch) as epoch,
                   coalesce((select max(revision) from revision), 0) as revision,
                   coalesce((select max(revision) from revision where public), 0) as public_revision
            """)
        .map(
            (row, context) ->
                new LogHead(
                    row.getString("epoch"),
                    row.getLong("revision"),
                    row.getLong("public_revision")))
        .one();
  }

  private void stream(
      Handle handle,
      long revision,
      Collection<String> types,
      boolean exclude,
      Consumer<FeedItem> consumer) {
    handle
        .createQuery(
            """
            select distinct on (p.type, p.id) p.type, p.id, p.revision, p.document, r.committed_at
            from public_change p join revision r on r.revision = p.revision
            where p.revision > :revision and (p.type = any(:types)) <> :exclude
            order by p.type, p.id, p.revision desc
            """)
        .bind("revision", revision)
        .bindArray("types", String.class, types)
        .bind("exclude", exclude)
        .setFetchSize(FETCH_SIZE)
        .map((row, context) -> item(row))
        .forEach(consumer);
  }

  private void streamContent(Handle handle, ContentConsumer consumer) {
    Map<String, String> views =
        handle
            .createQuery("select type, view::text as view from aggregate_type")
            .collectRows(
                Collectors.toMap(
                    row -> row.getColumn("type", String.class),
                    row -> row.getColumn("view", String.class)));
    views.forEach(
        (type, view) ->
            handle
                .createQuery("select id, public_document::text as document from " + view)
                .setFetchSize(FETCH_SIZE)
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
