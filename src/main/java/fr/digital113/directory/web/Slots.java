package fr.digital113.directory.web;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/** One for each answer that may be streamed now, and some of them for each reader. */
public final class Slots {
  private final Semaphore free;
  private final int perClient;
  private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();

  public Slots(int all, int perClient) {
    this.free = new Semaphore(all);
    this.perClient = perClient;
  }

  Semaphore free() {
    return free;
  }

  /**
   * Takes one for a reader.
   *
   * @throws ProblemException when there is none, or the reader has as many as one may have
   */
  public void take(String client) {
    if (tryTake(client)) {
      return;
    }
    if (taken.getOrDefault(client, 0) >= perClient) {
      throw new ProblemException(
          ProblemType.TOO_BUSY,
          new Text(
                  "Votre adresse a déjà %d réponses en cours ; attendez la fin de l'une d'elles.",
                  "Your address has %d answers running; wait until one of them ends.")
              .with(perClient));
    }
    throw new ProblemException(
        ProblemType.TOO_BUSY,
        new Text(
            "Trop de réponses sont en cours ; réessayez dans quelques secondes.",
            "Too many answers are running; try again in a few seconds."));
  }

  /** Takes one for a reader; false when there is none, or the reader has as many as it may. */
  public boolean tryTake(String client) {
    if (taken.merge(client, 1, Integer::sum) <= perClient && free.tryAcquire()) {
      return true;
    }
    forget(client);
    return false;
  }

  public void giveBack(String client) {
    free.release();
    forget(client);
  }

  private void forget(String client) {
    taken.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
  }
}
