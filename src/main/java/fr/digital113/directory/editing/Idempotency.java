package fr.digital113.directory.editing;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A POST that makes its thing once, however often it is sent with the same {@code Idempotency-Key}
 * within 24 hours. What is kept is the id of the thing and a hash of the body, so that there is
 * nothing to forget when the thing is erased; a repetition shows the thing as it is now.
 */
public final class Idempotency {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

  private final @Nullable String key;
  private final String actor;
  private final String target;
  private final byte[] hash;

  private Idempotency(@Nullable String key, String actor, String target, byte[] hash) {
    this.key = key;
    this.actor = actor;
    this.target = target;
    this.hash = hash;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record Earlier(byte[] hash, String item) {}

  /** Reads the header, which may be absent. */
  public static Idempotency of(Exchange exchange, Caller caller, JsonRequest request) {
    String key = exchange.header(HEADER);
    if (key != null && !KEY.matcher(key).matches()) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          new Text(
              "Idempotency-Key a 1 à 255 caractères ASCII visibles.",
              "Idempotency-Key has 1 to 255 visible ASCII characters."),
          List.of(
              new FieldError(
                  HEADER,
                  "invalid_key",
                  new Text("1 à 255 caractères visibles.", "1 to 255 visible characters."))));
    }
    return new Idempotency(key, caller.actor(), exchange.target(), request.hash());
  }

  /**
   * Runs the work unless it was done before. The key is taken first, in the transaction of the
   * work: whoever comes with the same one waits for the end of that.
   *
   * @param work makes the thing and returns its id
   * @return the id of the thing
   */
  public String once(Handle database, Supplier<String> work) {
    if (key == null) {
      return work.get();
    }
    if (!take(database)) {
      Earlier earlier = earlier(database);
      if (!Arrays.equals(earlier.hash(), hash)) {
        throw new ProblemException(
            ProblemType.IDEMPOTENCY_KEY_REUSED,
            new Text(
                "Cette Idempotency-Key a servi pour un autre contenu ; prenez-en une nouvelle.",
                "This Idempotency-Key was used for another body; take a new one."));
      }
      return earlier.item();
    }
    String item = work.get();
    database
        .createUpdate(
            "update idempotency_key set item = :item where actor = :actor and target = :target and key = :key")
        .bind("item", item)
        .bind("actor", actor)
        .bind("target", target)
        .bind("key", key)
        .execute();
    return item;
  }

  /** False when somebody has taken it, and has not failed. */
  private boolean take(Handle database) {
    return database
            .createUpdate(
                """
                insert into idempotency_key as k (actor, target, key, body_hash) values (:actor, :target, :key, :hash)
                on conflict (actor, target, key)
                do update set body_hash = excluded.body_hash, item = null, created_at = excluded.created_at
                where k.created_at < now() - interval '24 hours'
                """)
            .bind("actor", actor)
            .bind("target", target)
            .bind("key", key)
            .bind("hash", hash)
            .execute()
        == 1;
  }

  private Earlier earlier(Handle database) {
    return database
        .createQuery(
            "select body_hash, item from idempotency_key where actor = :actor and target = :target and key = :key")
        .bind("actor", actor)
        .bind("target", target)
        .bind("key", key)
        .map((row, context) -> new Earlier(row.getBytes("body_hash"), row.getString("item")))
        .one();
  }
}
