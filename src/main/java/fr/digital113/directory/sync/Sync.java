package fr.digital113.directory.sync;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.Place;
import fr.digital113.directory.changes.PublicChanges;
import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Following;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.sync.SyncToken.Walk;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.Header;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the pages of a copy: first of the snapshot, then of what changed since. */
@Singleton
public class Sync {
  /** The most changes that a page has, and as many as it has unless fewer are asked for. */
  public static final int MOST = 200;

  /** Who waits for the streams of all listeners. */
  private static final String STREAMS = "streams";

  private final DirectoryIndex index;
  private final PublicChanges changes;
  private final Companies companies;
  private final Following following;
  private final Deltas deltas;
  private final SyncTokens tokens;
  private final SyncSettings settings;

  Sync(
      DirectoryIndex index,
      PublicChanges changes,
      Companies companies,
      Following following,
      Deltas deltas,
      SyncTokens tokens,
      SyncSettings settings) {
    this.index = index;
    this.changes = changes;
    this.companies = companies;
    this.following = following;
    this.deltas = deltas;
    this.tokens = tokens;
    this.settings = settings;
  }

  /** The first page of a new copy. */
  SyncPage first(Exchange exchange, QueryParameters parameters, int limit) {
    try (Snapshot snapshot = index.acquire(exchange)) {
      SyncFilter filter = SyncFilter.of(parameters, snapshot, companies, following);
      parameters.check();
      return walk(token(filter, snapshot, new Walk(0, "")), filter, snapshot, limit);
    }
  }

  private static SyncToken token(SyncFilter filter, Snapshot snapshot, @Nullable Walk walk) {
    long base = snapshot.appliedRevision();
    return new SyncToken(
        snapshot.epoch(),
        Instant.now(),
        filter.text(),
        filter.meaning(snapshot),
        base,
        walk,
        Place.behind(base));
  }

  /**
   * Where a stream begins: at a token, or now.
   *
   * @throws ProblemException 410 when nothing leads from there to now
   */
  SyncToken position(String client, QueryParameters parameters, @Nullable String text) {
    if (text == null) {
      try (Snapshot snapshot = index.acquire()) {
        SyncFilter filter = SyncFilter.of(parameters, snapshot, companies, following);
        parameters.check();
        return token(filter, snapshot, null);
      }
    }
    SyncToken token = tokens.token(text);
    try (Snapshot snapshot = atLeast(client, token)) {
      filter(token, parameters, snapshot);
    }
    if (token.walk() != null) {
      throw new ProblemException(
          ProblemType.INVALID_PARAMETER,
          new Text(
              "Ce jeton est au milieu d'une copie : finissez-la, puis suivez « delta ».",
              "This token is in the middle of a copy: complete it, then follow \"delta\"."));
    }
    return token;
  }

  /**
   * Where somebody stands who has all that a filter finds now.
   *
   * @param filter parameters of a copy, as a query string
   * @throws ProblemException 400 when they are none
   */
  public SyncToken now(String filter) {
    return position(STREAMS, new QueryParameters(SyncFilter.parameters(filter)), null);
  }

  /**
   * What changed since a token, to be told one by one.
   *
   * @throws ProblemException 410 when nothing leads from there to now
   */
  public Live since(SyncToken token, int limit) {
    try (Snapshot snapshot = atLeast(STREAMS, token)) {
      SyncFilter filter = filter(token, none(), snapshot);
      return changes.read(
          view -> {
            requireWayTo(view, filter, token, snapshot);
            Steps steps = deltas.after(view, filter, token.base(), token.place(), snapshot, limit);
            return new Live(steps.changes(), after(token, steps, snapshot), steps.complete());
          });
    }
  }

  /**
   * A stretch of a stream.
   *
   * @param next where the next one begins
   */
  public record Live(List<SyncChange> changes, SyncToken next, boolean complete) {}

  private static QueryParameters none() {
    return new QueryParameters(SyncFilter.parameters(""));
  }

  /**
   * The page that a token names.
   *
   * @throws ProblemException 410 when nothing leads from there to now
   */
  SyncPage further(String client, QueryParameters parameters, String text, int limit) {
    SyncToken token = tokens.token(text);
    try (Snapshot snapshot = atLeast(client, token)) {
      SyncFilter filter = filter(token, parameters, snapshot);
      return token.walk() == null
          ? delta(token, filter, snapshot, limit)
          : walk(token, filter, snapshot, limit);
    }
  }

  private SyncPage walk(SyncToken token, SyncFilter filter, Snapshot snapshot, int limit) {
    Walk walk = Objects.requireNonNull(token.walk());
    List<SyncChange> data = new ArrayList<>();
    for (int type = walk.type(); type < filter.types().size(); type++) {
      String after = type == walk.type() && !walk.id().isEmpty() ? walk.id() : null;
      for (FeedItem item : items(filter, type, snapshot, after, limit - data.size())) {
        JsonNode document = Objects.requireNonNull(item.document());
        data.add(deltas.put(item, document, snapshot));
      }
      if (data.size() == limit) {
        Walk next = new Walk(type, data.get(limit - 1).id());
        return page(data, limit, token.walking(next), false, snapshot);
      }
    }
    return page(data, limit, token.completeAt(token.base(), Instant.now()), true, snapshot);
  }

  private List<FeedItem> items(
      SyncFilter filter, int type, Snapshot snapshot, @Nullable String after, int limit) {
    String name = filter.types().get(type);
    Query query = name.equals(SyncFilter.COMPANY) ? filter.companies() : new Query(name);
    return following.page(snapshot, query, after, limit);
  }

  private SyncPage delta(SyncToken token, SyncFilter filter, Snapshot snapshot, int limit) {
    return changes.read(
        view -> {
          requireWayTo(view, filter, token, snapshot);
          Steps steps = deltas.after(view, filter, token.base(), token.place(), snapshot, limit);
          SyncToken next = after(token, steps, snapshot);
          return page(steps.changes(), limit, next, steps.complete(), snapshot);
        });
  }

  private static SyncToken after(SyncToken token, Steps steps, Snapshot snapshot) {
    Instant now = Instant.now();
    return steps.complete()
        ? token.completeAt(snapshot.appliedRevision(), now)
        : token.at(steps.place(), now);
  }

  private static void requireWayTo(
      PublicChanges.View view, SyncFilter filter, SyncToken token, Snapshot snapshot) {
    if (!view.head().epoch().equals(snapshot.epoch())
        || token.base() < view.head().feedHorizon()
        || Deltas.hasMoved(view, filter, token.base(), snapshot)) {
      throw expired(token.filter());
    }
  }

  private SyncPage page(
      List<SyncChange> data, int limit, SyncToken next, boolean last, Snapshot snapshot) {
    String path =
        "/v1/changes?token=" + tokens.text(next) + (limit == MOST ? "" : "&limit=" + limit);
    return new SyncPage(
        data,
        new SyncPage.Position(limit, last ? null : path),
        last ? path : null,
        snapshot.appliedRevision());
  }

  /**
   * A token that another process gave may be ahead of this one; that of a restored database is
   * ahead of all, and refused.
   */
  private Snapshot atLeast(String client, SyncToken token) {
    Snapshot now = index.acquire();
    if (!now.epoch().equals(token.epoch())) {
      return now;
    }
    now.close();
    return index.acquireAtLeast(client, Math.max(token.base(), token.place().revision()));
  }

  private SyncFilter filter(SyncToken token, QueryParameters given, Snapshot snapshot) {
    String start = token.filter();
    if (!token.epoch().equals(snapshot.epoch())
        || token.issuedAt().plus(settings.tokenLifetime()).isBefore(Instant.now())) {
      throw expired(start);
    }
    boolean repeated = given.hasOtherThan(SyncFilter.OTHERS);
    if (repeated) {
      SyncFilter asked = SyncFilter.of(given, snapshot, companies, following);
      given.check();
      if (!asked.text().equals(start)) {
        throw expired(asked.text());
      }
    }
    given.check();
    QueryParameters kept = new QueryParameters(SyncFilter.parameters(start));
    SyncFilter filter;
    try {
      filter = SyncFilter.of(kept, snapshot, companies, following);
      kept.check();
    } catch (ProblemException goneSince) {
      throw expired(start);
    }
    if (filter.meaning(snapshot) != token.meaning()) {
      throw expired(start);
    }
    return filter;
  }

  /** Where a copy begins. */
  public static String start(String filter) {
    return "/v1/changes" + (filter.isEmpty() ? "" : "?" + filter);
  }

  private static ProblemException expired(String filter) {
    String start = start(filter);
    return new ProblemException(
        ProblemType.SYNC_TOKEN_EXPIRED,
        new Text(
                "Rien ne mène de ce jeton à aujourd'hui : videz la copie et recommencez par %s.",
                "Nothing leads from this token to today: empty the copy and start again at %s.")
            .with(start),
        List.of(),
        List.of(new Header("Link", "<" + start + ">; rel=\"first\"")));
  }
}
