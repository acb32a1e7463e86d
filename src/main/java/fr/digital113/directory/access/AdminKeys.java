package fr.digital113.directory.access;

import fr.digital113.directory.database.DirectorySettings;
import fr.digital113.directory.database.StartupFailure;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The admin key: generated at the first start, or preset. Only its SHA-256 is kept. */
@ApplicationScoped
public class AdminKeys {
  /** How long a key stays good that was good when the database was last there, while it is away. */
  static final Duration REMEMBERED = Duration.ofMinutes(15);

  /** How long a new key may take to be seen, and how often wrong keys may cost a query. */
  static final Duration READ_EVERY = Duration.ofSeconds(5);

  private static final String PREFIX = "d113_admin_";
  private static final int SHORTEST_PRESET = 16;
  private static final Text REQUIRED =
      new Text(
          "Cette action demande la clé d'administration dans l'en-tête X-API-Key.",
          "This action needs the admin key in the X-API-Key header.");
  private static final Text WRONG =
      new Text(
          "La clé de l'en-tête X-API-Key n'est pas valable.",
          "The key in the X-API-Key header is not valid.");

  private final Jdbi jdbi;
  private final Optional<String> preset;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Stored stored;

  /**
   * The key as the database had it at {@code readAt}.
   *
   * @param triedAt when the database was asked last
   * @param failure why it did not answer then
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record Stored(
      byte @Nullable [] hash, Instant readAt, Instant triedAt, @Nullable JdbiException failure) {}

  @Inject
  AdminKeys(Jdbi jdbi, DirectorySettings settings) {
    this(jdbi, settings.adminKey(), InstantSource.system());
  }

  AdminKeys(Jdbi jdbi, Optional<String> preset, InstantSource clock) {
    preset.ifPresent(AdminKeys::check);
    this.jdbi = jdbi;
    this.preset = preset;
    this.clock = clock;
  }

  /**
   * Looks at a preset key.
   *
   * @throws StartupFailure when it is easily guessed or no HTTP header can hold it
   */
  public static void check(String preset) {
    if (!preset.matches("[\\x21-\\x7e]{%d,}".formatted(SHORTEST_PRESET))) {
      throw new StartupFailure(
          "DIRECTORY_ADMIN_KEY must have at least %d characters, ASCII and without spaces. Set a longer one, or none to have one generated."
              .formatted(SHORTEST_PRESET));
    }
  }

  /** Puts the preset key in place of the stored one. */
  void storePreset(@Observes StartupEvent start) {
    preset.ifPresent(
        key ->
            jdbi.useHandle(
                handle ->
                    handle
                        .createUpdate(
                            """
                            insert into api_key (name, role, key_hash) values ('admin', 'admin', :hash)
                            on conflict (name) do update set key_hash = excluded.key_hash, created_at = now()
                            where api_key.key_hash <> excluded.key_hash
                            """)
                        .bind("hash", hash(key))
                        .execute()));
    stored = null;
  }

  /**
   * What to tell the operator about the key. The first time ever this makes the key and tells it:
   * nobody who is not told it could use it.
   */
  public String announce() {
    if (preset.isPresent()) {
      return "as set by DIRECTORY_ADMIN_KEY";
    }
    String key = generate();
    int inserted =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "insert into api_key (name, role, key_hash) values ('admin', 'admin', :hash) on conflict (name) do nothing")
                    .bind("hash", hash(key))
                    .execute());
    this.stored = null;
    return inserted == 1
        ? key + " (shown only this once: keep it)"
        : "as shown at the first start; DIRECTORY_ADMIN_KEY sets a new one";
  }

  /**
   * Lets the admin pass.
   *
   * @param key what the caller sent, if anything
   * @throws ProblemException {@link ProblemType#UNAUTHENTICATED} for anybody else
   */
  public void require(@Nullable String key) {
    if (key == null || key.isBlank()) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, REQUIRED);
    }
    if (!isAdmin(hash(key))) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, WRONG);
    }
  }

  /** Whether this is the hash of the key as it was read last; never asks the database. */
  boolean isRemembered(byte[] hash) {
    Stored last = stored;
    return last != null && last.hash() != null && MessageDigest.isEqual(last.hash(), hash);
  }

  private boolean isAdmin(byte[] hash) {
    Stored now = stored();
    boolean admin = now.hash() != null && MessageDigest.isEqual(now.hash(), hash);
    if (now.failure() == null) {
      return admin;
    }
    if (admin && clock.instant().isBefore(now.readAt().plus(REMEMBERED))) {
      return true;
    }
    throw now.failure();
  }

  /**
   * What the database said last. One caller at a time asks it again, and seldom: whoever guesses
   * keys must not take the connections of those who have one.
   */
  private Stored stored() {
    Stored last = stored;
    if (last != null && isRecent(last)) {
      return last;
    }
    if (last == null) {
      reading.lock();
    } else if (!reading.tryLock()) {
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

  private boolean isRecent(Stored stored) {
    return clock.instant().isBefore(stored.triedAt().plus(READ_EVERY));
  }

  private Stored read(@Nullable Stored last) {
    Instant now = clock.instant();
    try {
      byte[] hash =
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery("select key_hash from api_key where name = 'admin'")
                      .mapTo(byte[].class)
                      .findOne()
                      .orElse(null));
      return new Stored(hash, now, now, null);
    } catch (JdbiException databaseAway) {
      return last == null
          ? new Stored(null, now, now, databaseAway)
          : new Stored(last.hash(), last.readAt(), now, databaseAway);
    }
  }

  private static String generate() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
