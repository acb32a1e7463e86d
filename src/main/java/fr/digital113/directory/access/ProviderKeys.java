package fr.digital113.directory.access;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an identity provider signs with, as it told them last. One request at a time asks
 * it, seldom whatever tokens are sent, and few wait for that one: a provider that does not answer
 * must not take the threads of those who need none.
 */
class ProviderKeys {
  private static final Logger LOG = Logger.getLogger(ProviderKeys.class);

  /** How old keys may get: a key that the provider withdrew is good for so long. */
  static final Duration FRESH = Duration.ofMinutes(10);

  /** How often a key that is not known yet, or a provider that failed, is worth a question. */
  static final Duration ASK_EVERY = Duration.ofSeconds(10);

  private static final int MOST_WAITING = 4;
  private static final long PATIENCE_MILLIS = 3_000;
  private static final Text UNAVAILABLE =
      new Text(
          "Le fournisseur d'identité ne répond pas ; les lectures publiques et les clés continuent. Réessayez plus tard.",
          "The identity provider does not answer; public reads and keys go on. Try again later.");

  private final ProviderClient client;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private volatile State state = new State(null, Instant.MIN, Instant.MIN);

  /**
   * What is known.
   *
   * @param keys null until the provider answered once
   * @param askedAt when it was asked last, in vain or not
   */
  private record State(@Nullable List<JsonWebKey> keys, Instant readAt, Instant askedAt) {}

  ProviderKeys(ProviderClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * The keys, which may be old while the provider is away: tokens end sooner than keys do.
   *
   * @throws ProblemException when none were ever read
   */
  List<JsonWebKey> current() {
    State now = state;
    if (!Lately.isWithin(clock, FRESH, now.readAt())
        && !Lately.isWithin(clock, ASK_EVERY, now.askedAt())) {
      now = ask(now);
    }
    List<JsonWebKey> keys = now.keys();
    if (keys == null) {
      throw new ProblemException(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE, UNAVAILABLE);
    }
    return keys;
  }

  /** The keys after a token named another one: the provider may have begun to use it just now. */
  List<JsonWebKey> renewed(List<JsonWebKey> known) {
    State now = state;
    if (!Lately.isWithin(clock, ASK_EVERY, now.askedAt())) {
      now = ask(now);
    }
    List<JsonWebKey> keys = now.keys();
    return keys == null ? known : keys;
  }

  private State ask(State before) {
    if (!lock(before)) {
      return state;
    }
    try {
      if (!state.askedAt().equals(before.askedAt())) {
        return state; // somebody asked meanwhile
      }
      Instant now = clock.instant();
      try {
        state = new State(client.keys(), now, now);
      } catch (IOException failure) {
        LOG.warnf("The identity provider cannot be asked for its keys: %s", failure.getMessage());
        state = new State(before.keys(), before.readAt(), now);
      }
      return state;
    } finally {
      asking.unlock();
    }
  }

  /** Whoever has keys to go on with does not wait, and of the others only a few. */
  private boolean lock(State before) {
    if (asking.tryLock()) {
      return true;
    }
    if (before.keys() != null || !waiting.tryAcquire()) {
      return false;
    }
    try {
      return asking.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.release();
    }
  }
}
