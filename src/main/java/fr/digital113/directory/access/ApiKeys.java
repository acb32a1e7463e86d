package fr.digital113.directory.access;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Which keys open the API. All good keys are held in memory and read again seldom: a request costs
 * no query, and whoever guesses keys must not take the connections of those who have one.
 */
@ApplicationScoped
public class ApiKeys {
  /** How long a key stays good that was good when the database was last there, while it is away. */
  static final Duration REMEMBERED = Duration.ofMinutes(15);

  /**
   * How long a new key may take to be seen, and a revoked one to be refused, beside the reading.
   */
  static final Duration READ_EVERY = Duration.ofSeconds(4);

  /** How long a request waits for another one that reads. */
  private static final long PATIENCE_MILLIS = 900;

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Stored stored;

  /**
   * A key that is good, its time aside.
   *
   * @param partner that has it; null for the operator's own key
   * @param plan of that partner
   * @param origins the sites it may be used from; empty when that does not matter
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  record Known(
      UUID id,
      byte[] hash,
      Set<Role> roles,
      @Nullable UUID partner,
      @Nullable String plan,
      Set<String> origins,
      @Nullable Instant expiresAt) {

    /** Whether a page of this origin may use it; null is no page. */
    boolean isFor(@Nullable String origin) {
      return origins.isEmpty() || (origin != null && origins.contains(origin));
    }
  }

  /**
   * The keys as the database had them at {@code readAt}.
   *
   * @param triedAt when the database was asked last
   * @param failure why it did not answer then
   */
  private record Stored(
      Map<ByteBuffer, Known> byHash,
      Instant readAt,
      Instant triedAt,
      @Nullable JdbiException failure) {}

  @Inject
  ApiKeys(Jdbi jdbi) {
    this(jdbi, InstantSource.system());
  }

  ApiKeys(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Looks for a key.
   *
   * @return nothing for one that is wrong, revoked or expired
   * @throws JdbiException when the database is away and the key is not one that was good lately
   */
  Optional<Known> find(String key) {
    Stored now = stored();
    Optional<Known> known = good(now, ApiKey.hash(key));
    JdbiException failure = now.failure();
    if (failure == null) {
      return known;
    }
    if (known.isPresent() && Lately.isWithin(clock, REMEMBERED, now.readAt())) {
      return known;
    }
    throw failure;
  }

  /** A key by its hash, if this process knows it to be good; never asks the database. */
  Optional<Known> peek(byte[] hash) {
    Stored last = stored;
    return last == null ? Optional.empty() : good(last, hash);
  }

  /**
   * A key by its hash, if {@link #find} would take it without asking the database: also one that
   * was revoked is known for no longer.
   */
  Optional<Known> peekRecent(byte[] hash) {
    Stored last = stored;
    if (last == null || !isRecent(last)) {
      return Optional.empty();
    }
    boolean counts = last.failure() == null || Lately.isWithin(clock, REMEMBERED, last.readAt());
    return counts ? good(last, hash) : Optional.empty();
  }

  private Optional<Known> good(Stored now, byte[] hash) {
    return Optional.ofNullable(now.byHash().get(ByteBuffer.wrap(hash)))
        .filter(each -> MessageDigest.isEqual(each.hash(), hash))
        .filter(each -> each.expiresAt() == null || clock.instant().isBefore(each.expiresAt()));
  }

  /** Reads the keys, as some have changed: the first request with a new one has its own limit. */
  public void readAgain() {
    Stored last = stored;
    if (last != null) {
      // What was good is kept, for the case that the database goes away this very moment.
      stored = new Stored(last.byHash(), last.readAt(), Instant.MIN, null);
      stored();
    }
  }

  /**
   * Reads the keys if they were not just read: at the start, and while nobody uses one. So those
   * that are good are remembered when the database goes away, and public reads with one go on.
   */
  @Scheduled(every = "1m", delayed = "1m")
  void prepare() {
    stored();
  }

  /** What the database said last; one request at a time asks it again. */
  private Stored stored() {
    Stored last = stored;
    if (last != null && isRecent(last)) {
      return last;
    }
    if (last == null) {
      reading.lock();
    } else if (!lockSoon(last)) {
      return last;
    }
    try {
      Stored other = stored;
      Stored now = other != null && isRecent(other) ? other : read(other);
      stored = now;
      return now;
    } finally {
      reading.unlock();
    }
  }

  /**
   * What was read long ago may hold a key that is revoked since, so others wait for the reading;
   * not when the database is known to be away, as they would all wait in vain.
   */
  private boolean lockSoon(Stored last) {
    try {
      return last.failure() == null
          ? reading.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          : reading.tryLock();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isRecent(Stored stored) {
    return Lately.isWithin(clock, READ_EVERY, stored.triedAt());
  }

  private Stored read(@Nullable Stored last) {
    Instant now = clock.instant();
    try {
      Map<ByteBuffer, Known> byHash = new HashMap<>();
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery(
                      """
                      select k.id, k.key_hash, k.roles, k.partner, k.origins, k.expires_at, p.plan
                      from api_key k left join partner p on p.id = k.partner
                      where k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
                      """)
                  .map((row, context) -> known(row))
                  .forEach(each -> byHash.put(ByteBuffer.wrap(each.hash()), each)));
      return new Stored(byHash, now, now, null);
    } catch (JdbiException databaseAway) {
      return last == null
          ? new Stored(Map.of(), now, now, databaseAway)
          : new Stored(last.byHash(), last.readAt(), now, databaseAway);
    }
  }

  private static Known known(ResultSet row) throws SQLException {
    Timestamp expires = row.getTimestamp("expires_at");
    return new Known(
        row.getObject("id", UUID.class),
        row.getBytes("key_hash"),
        texts(row, "roles")
            .flatMap(code -> Role.of(code).stream())
            .collect(Collectors.toUnmodifiableSet()),
        row.getObject("partner", UUID.class),
        row.getString("plan"),
        texts(row, "origins").collect(Collectors.toUnmodifiableSet()),
        expires == null ? null : expires.toInstant());
  }

  private static Stream<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.stream((String[]) row.getArray(column).getArray());
  }
}
