package fr.digital113.directory.calendars;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Whose calendar an address is of. */
@Singleton
class Owners {
  /** How long an address stays good that was when the database was last there, while it is away. */
  static final Duration REMEMBERED = Duration.ofMinutes(15);

  private static final long MOST_REMEMBERED = 10_000;

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Cache<ByteBuffer, Good> good =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  @Inject
  Owners(Jdbi jdbi) {
    this(jdbi, InstantSource.system());
  }

  Owners(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Somebody who has an address.
   *
   * @param company null for the team's
   */
  record Owner(UUID id, @Nullable UUID company) {}

  private record Good(Owner owner, Instant at) {}

  /**
   * Whose calendar an address is of. The database is asked each time, so that one that is taken
   * back is of nobody at once, on every process.
   *
   * @return nothing for one that is wrong, or taken back
   * @throws JdbiException when the database is away and the address is not one that was good lately
   */
  Optional<Owner> find(Token token) {
    if (!token.isToken()) {
      return Optional.empty();
    }
    byte[] hash = token.hash();
    ByteBuffer key = ByteBuffer.wrap(hash);
    Optional<Owner> found;
    try {
      found = jdbi.withHandle(database -> find(database, hash));
    } catch (JdbiException databaseAway) {
      Good last = good.getIfPresent(key);
      if (last == null || !clock.instant().isBefore(last.at().plus(REMEMBERED))) {
        throw databaseAway;
      }
      return Optional.of(last.owner());
    }
    found.ifPresentOrElse(
        owner -> good.put(key, new Good(owner, clock.instant())), () -> good.invalidate(key));
    return found;
  }

  /** What is found is used: that is written once a day. */
  private static Optional<Owner> find(Handle database, byte[] hash) {
    record Found(Owner owner, boolean usedToday) {}
    Optional<Found> found =
        database
            .createQuery(
                "select id, company, last_used is not distinct from current_date from calendar_subscription where token_hash = :hash")
            .bind("hash", hash)
            .map(
                (row, context) ->
                    new Found(
                        new Owner(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                        row.getBoolean(3)))
            .findOne();
    if (found.isPresent() && !found.get().usedToday()) {
      database.execute(
          "update calendar_subscription set last_used = current_date where token_hash = ?",
          (Object) hash);
    }
    return found.map(Found::owner);
  }
}
