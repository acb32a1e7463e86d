package fr.digital113.directory.webhooks;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.Plans;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.Stored;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.sync.Sync;
import fr.digital113.directory.sync.SyncToken;
import fr.digital113.directory.web.IfMatch;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.web.Version;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Webhooks in the database. */
@Singleton
class Webhooks {
  static final int MOST_OF_A_PARTNER = 10;

  /** Why one is disabled. */
  static final String PAUSED = "paused";

  static final String FAILING = "failing";
  static final String GONE = "gone";
  static final String INVALID_FILTER = "invalid_filter";

  /** How the change log names the one who disables them. */
  private static final Caller DELIVERY =
      new Caller("webhook delivery", Set.of(), null, null, null, Plans.STANDARD);

  private final Jdbi jdbi;
  private final Writes writes;
  private final Sync sync;

  Webhooks(Jdbi jdbi, Writes writes, Sync sync) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.sync = sync;
  }

  /** A webhook and its last change. */
  record Found(WebhookView webhook, Version version) {}

  /** What an owner sets. */
  record Wanted(String url, WebhookFilter filter, @Nullable String description, boolean enabled) {
    static Wanted of(WebhookView webhook) {
      return new Wanted(
          webhook.url(),
          new WebhookFilter(webhook.types(), webhook.filter()),
          webhook.description(),
          webhook.isEnabled());
    }
  }

  /** The webhooks of a partner, or all; one more than asked for when there are more. */
  List<WebhookView> list(@Nullable UUID partner, @Nullable UUID after, int limit) {
    return jdbi.withHandle(database -> WebhookRows.list(database, partner, after, limit + 1));
  }

  long count(@Nullable UUID partner) {
    return jdbi.withHandle(database -> WebhookRows.count(database, partner));
  }

  boolean isPartner(UUID partner) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select exists (select from partner where id = :id)")
                .bind("id", partner)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * One webhook.
   *
   * @throws ProblemException 404 when there is none
   */
  Found get(UUID id) {
    return jdbi.withHandle(database -> get(database, id));
  }

  /** The secrets that sign for it. */
  List<byte[]> secrets(UUID id, Instant now) {
    return jdbi.withHandle(database -> WebhookRows.secrets(database, id, now));
  }

  /** Makes a webhook; its secret is in this answer alone, and in no repetition of it. */
  Written<WebhookView> create(Caller caller, Idempotency idempotency, UUID partner, Wanted wanted) {
    return writes.run(
        caller,
        database -> {
          AtomicReference<byte @Nullable []> made = new AtomicReference<>();
          String id =
              idempotency.once(database, () -> insert(database, partner, wanted, made).toString());
          return view(database, UUID.fromString(id), made.get());
        });
  }

  private UUID insert(
      Handle database, UUID partner, Wanted wanted, AtomicReference<byte @Nullable []> made) {
    database.execute("select from partner where id = ? for update", partner);
    if (WebhookRows.count(database, partner) >= MOST_OF_A_PARTNER) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
                  "Un partenaire a au plus %d webhooks ; supprimez-en un.",
                  "A partner has at most %d webhooks; remove one.")
              .with(MOST_OF_A_PARTNER));
    }
    UUID id = UuidCreator.getTimeOrderedEpoch();
    SyncToken now = wanted.filter().now(sync);
    byte[] secret = Secrets.generate();
    database.execute(
        "insert into webhook (id, partner, url, parameters, description) values (?, ?, ?, ?::jsonb, ?)",
        id,
        partner,
        wanted.url(),
        WebhookFilter.parameters(now.filter()),
        wanted.description());
    database.execute("insert into webhook_secret (webhook, secret) values (?, ?)", id, secret);
    Progress.begin(database, id, now, Instant.now());
    made.set(secret);
    return id;
  }

  /** The receiver of another filter has to begin a new copy: it is told so. */
  Written<UUID> update(Caller caller, UUID id, IfMatch match, UnaryOperator<Wanted> understanding) {
    return writes.run(
        caller,
        database -> {
          WebhookView before = locked(database, id, match);
          Wanted was = Wanted.of(before);
          Wanted wanted = understanding.apply(was);
          Instant moment = Instant.now();
          String query = WebhookRows.query(database, id);
          if (!wanted.filter().equals(was.filter())) {
            SyncToken now = wanted.filter().now(sync);
            if (!now.filter().equals(query)) {
              query = now.filter();
              Progress.place(database, id, now, true, moment);
            }
          }
          database.execute(
              "update webhook set url = ?, parameters = ?::jsonb, description = ?, enabled = ?, reason = ? where id = ?",
              wanted.url(),
              WebhookFilter.parameters(query),
              wanted.description(),
              wanted.enabled(),
              wanted.enabled() ? null : before.isEnabled() ? PAUSED : before.reason(),
              id);
          boolean forgiven = wanted.enabled() != was.enabled() || !wanted.url().equals(was.url());
          Progress.again(database, id, forgiven, moment);
          return id;
        });
  }

  Written<UUID> delete(Caller caller, UUID id, IfMatch match) {
    return writes.run(
        caller,
        database -> {
          locked(database, id, match);
          database.execute("delete from webhook where id = ?", id);
          return id;
        });
  }

  /**
   * A new secret at once; the one before signs as well for a while.
   *
   * @param overlapHours for how long
   */
  Written<WebhookView> rotate(Caller caller, Idempotency idempotency, UUID id, int overlapHours) {
    return writes.run(
        caller,
        database -> {
          AtomicReference<byte @Nullable []> made = new AtomicReference<>();
          idempotency.once(
              database,
              () -> {
                lock(database, id);
                byte[] secret = Secrets.generate();
                WebhookRows.replaceSecret(database, id, secret, overlapHours);
                database.execute("update webhook set rotated_at = now() where id = ?", id);
                Progress.again(database, id, false, Instant.now());
                made.set(secret);
                return id.toString();
              });
          return view(database, id, made.get());
        });
  }

  /** Ends the telling, unless its owner has changed something meanwhile. */
  void disable(Claim claim, String reason, int failures, @Nullable Instant since) {
    writes.run(
        DELIVERY,
        database -> {
          database.execute("select from webhook where id = ? for update", claim.webhook());
          if (Progress.holds(database, claim)) {
            database.execute(
                "update webhook set enabled = false, reason = ? where id = ?",
                reason,
                claim.webhook());
            Progress.end(database, claim.webhook(), failures, since);
          }
          return claim.webhook();
        });
  }

  private WebhookView view(Handle database, UUID id, byte @Nullable [] secret) {
    WebhookView view = get(database, id).webhook();
    return secret == null ? view : view.with(secret);
  }

  /** Keeps a webhook as it is for this transaction. */
  static void lock(Handle database, UUID id) {
    database.execute("select from webhook where id = ? for update", id);
    if (!WebhookRows.isThere(database, id)) {
      throw notFound();
    }
  }

  private static WebhookView locked(Handle database, UUID id, IfMatch match) {
    lock(database, id);
    Found found = get(database, id);
    match.check(found.version());
    return found.webhook();
  }

  private static Found get(Handle database, UUID id) {
    WebhookView webhook = WebhookRows.find(database, id).orElseThrow(Webhooks::notFound);
    Version version =
        Stored.find(database, "webhook", "webhook_document", id.toString())
            .orElseThrow(Webhooks::notFound)
            .version();
    return new Found(webhook, version);
  }

  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text("Aucun webhook n'a cet identifiant.", "No webhook has this id."));
  }
}
