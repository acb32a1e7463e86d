package fr.digital113.directory.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.database.Snapshots;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads the public feed step by step, for whoever follows it from outside. */
@Singleton
public class PublicChanges {
  private final Jdbi jdbi;
  private final ObjectMapper mapper;

  PublicChanges(Jdbi jdbi, ObjectMapper mapper) {
    this.jdbi = jdbi;
    this.mapper = mapper;
  }

  /**
   * The last state of an item within a stretch of the feed.
   *
   * @param deleted of an item that is public no more: whether it is gone altogether
   */
  public record Change(FeedItem item, boolean deleted) {
    /** Behind this change. */
    public Place place() {
      return new Place(item.revision(), item.type(), item.id());
    }
  }

  /** One moment of the log: all that is read through it agrees. */
  public interface View {
    /** Where the log stands. */
    LogHead head();

    /**
     * The last states of the items that changed behind a place, in commit order.
     *
     * @param upTo no later revision is looked at
     */
    List<Change> after(Place place, long upTo, Collection<String> types, int limit);

    /**
     * The public states that items have had since a revision, that of then included.
     *
     * @param ids of one type
     */
    List<FeedItem> statesSince(long revision, long upTo, String type, Collection<String> ids);

    /**
     * Whether a territory, sector or Factory has changed in some members since a revision. Those
     * that came or went do not count.
     */
    boolean moved(String type, Collection<String> members, long since, long upTo);
  }

  /** Reads on one snapshot of the log. */
  public <T> T read(Function<View, T> reader) {
    return Snapshots.read(jdbi, database -> reader.apply(new DatabaseView(database)));
  }

  private final class DatabaseView implements View {
    private final Handle database;
    private final LogHead head;

    DatabaseView(Handle database) {
      this.database = database;
      this.head = ChangeFeed.head(database);
    }

    @Override
    public LogHead head() {
      return head;
    }

    @Override
    public List<Change> after(Place place, long upTo, Collection<String> types, int limit) {
      boolean whole = place.type() == null;
      return database
          .createQuery(
              """
              select p.type, p.id, p.revision, p.document::text as document, r.committed_at,
                p.document is null and coalesce((select a.document is null from audit_image a
                  where a.type = p.type and a.id = p.id and a.revision <= :upTo
                  order by a.revision desc limit 1), true) as deleted
              from public_change p join revision r on r.revision = p.revision
              where %s and p.revision <= :upTo and p.type = any(:types)
                and not exists (select from public_change later
                  where later.type = p.type and later.id = p.id
                    and later.revision > p.revision and later.revision <= :upTo)
              order by p.revision, p.type, p.id limit :limit
              """
                  .formatted(
                      whole
                          ? "p.revision > :revision"
                          : "(p.revision, p.type, p.id) > (:revision, :type, :id)"))
          .bind("revision", place.revision())
          .bind("type", place.type())
          .bind("id", place.id())
          .bind("upTo", upTo)
          .bindArray("types", String.class, types)
          .bind("limit", limit)
          .map((row, context) -> new Change(item(row), row.getBoolean("deleted")))
          .list();
    }

    @Override
    public List<FeedItem> statesSince(
        long revision, long upTo, String type, Collection<String> ids) {
      return database
          .createQuery(
              """
              select p.type, p.id, p.revision, p.document::text as document, r.committed_at
              from unnest(:ids) k (id)
              join public_change p on p.type = :type and p.id = k.id
              join revision r on r.revision = p.revision
              where p.document is not null and p.revision <= :upTo
                and p.revision >= coalesce((select max(b.revision) from public_change b
                  where b.type = :type and b.id = k.id and b.revision <= :since), 0)
              """)
          .bindArray("ids", String.class, ids)
          .bind("type", type)
          .bind("since", revision)
          .bind("upTo", upTo)
          .map((row, context) -> item(row))
          .list();
    }

    @Override
    public boolean moved(String type, Collection<String> members, long since, long upTo) {
      return database
          .createQuery(
              """
              select exists (
                select from (select distinct id from public_change
                  where type in ('territory', 'sector', 'factory') and type = :type
                    and revision > :since and revision <= :upTo) k
                cross join lateral (select document from public_change p
                  where p.type = :type and p.id = k.id and p.revision <= :since
                  order by p.revision desc limit 1) old
                cross join lateral (select document from public_change p
                  where p.type = :type and p.id = k.id and p.revision <= :upTo
                  order by p.revision desc limit 1) new
                cross join unnest(:members) m (name)
                where old.document -> m.name <> new.document -> m.name)
              """)
          .bind("type", type)
          .bind("since", since)
          .bind("upTo", upTo)
          .bindArray("members", String.class, members)
          .mapTo(Boolean.class)
          .one();
    }
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
