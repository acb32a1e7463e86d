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
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The admin key: generated at the first start, or preset. Only its SHA-256 is kept. */
@ApplicationScoped
public class AdminKeys {
  /** How long an accepted key stays good while PostgreSQL is away. */
  static final Duration REMEMBERED = Duration.ofMinutes(15);

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
  private volatile @Nullable Accepted lastAccepted;

  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record Accepted(byte[] hash, Instant at) {}

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
    int stored =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "insert into api_key (name, role, key_hash) values ('admin', 'admin', :hash) on conflict (name) do nothing")
                    .bind("hash", hash(key))
                    .execute());
    return stored == 1
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

  private boolean isAdmin(byte[] hash) {
    try {
      boolean admin =
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery("select key_hash from api_key where name = 'admin'")
                      .mapTo(byte[].class)
                      .findOne()
                      .filter(stored -> MessageDigest.isEqual(stored, hash))
                      .isPresent());
      if (admin) {
        lastAccepted = new Accepted(hash, clock.instant());
      }
      return admin;
    } catch (JdbiException databaseAway) {
      Accepted remembered = lastAccepted;
      if (remembered != null
          && MessageDigest.isEqual(remembered.hash(), hash)
          && clock.instant().isBefore(remembered.at().plus(REMEMBERED))) {
        return true;
      }
      throw databaseAway;
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
