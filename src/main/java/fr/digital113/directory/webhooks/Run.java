package fr.digital113.directory.webhooks;

import fr.digital113.directory.sync.Sync;
import fr.digital113.directory.sync.SyncChange;
import fr.digital113.directory.sync.SyncToken;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one webhook: it is told what changed, one by one and in order, until all is told, an
 * attempt fails, or others have to have their turn. Where it stands is written after each event.
 */
final class Run {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int STRETCH = 50;

  private final Sync sync;
  private final Progress progress;
  private final Webhooks webhooks;
  private final Delivering delivering;
  private final Deliveries log;
  private final InstantSource clock;
  private final Claim claim;
  private final Instant end;
  private SyncToken position;
  private @Nullable Instant restartAt;
  private int failures;
  private @Nullable Instant failingSince;
  private int told;

  Run(
      Sync sync,
      Progress progress,
      Webhooks webhooks,
      Delivering delivering,
      Deliveries log,
      InstantSource clock,
      Claim claim) {
    this.sync = sync;
    this.progress = progress;
    this.webhooks = webhooks;
    this.delivering = delivering;
    this.log = log;
    this.clock = clock;
    this.claim = claim;
    this.end = clock.instant().plus(LONGEST);
    this.position = claim.position();
    this.restartAt = claim.restartAt();
    this.failures = claim.attempts();
    this.failingSince = claim.failingSince();
  }

  /** Tells. Returns how many events were told. */
  int go() {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = tellRestart() && tellStretch();
    }
    return told;
  }

  private boolean tellRestart() {
    Instant at = restartAt;
    if (at == null) {
      return true;
    }
    restartAt = null;
    return tell(Event.restart(claim.webhook(), position, at), position);
  }

  /** Whether there is more to tell, and time for it. */
  private boolean tellStretch() {
    Sync.Live live;
    try {
      live = sync.since(position, STRETCH);
    } catch (ProblemException problem) {
      return goOnFromNow(problem);
    }
    for (SyncChange change : live.changes()) {
      if (isOver()) {
        progress.release(claim, clock.instant());
        return false;
      }
      Event event = Event.of(claim.webhook(), position, change);
      if (!tell(event, position.at(change.place(), clock.instant()))) {
        return false;
      }
    }
    position = live.next();
    if (!progress.moved(claim, position, clock.instant())) {
      return false;
    }
    if (live.complete() || isOver()) {
      progress.release(claim, clock.instant());
      return false;
    }
    return true;
  }

  private boolean isOver() {
    Instant now = clock.instant();
    return !now.isBefore(end) || now.isBefore(end.minus(LONGEST)); // the clock was set back
  }

  /** Tells one event. False when it failed, or the webhook is another's by now. */
  private boolean tell(Event event, SyncToken behind) {
    Outcome outcome = delivering.tell(claim.url(), claim.secrets(), event);
    Instant now = clock.instant();
    if (!outcome.isTold()) {
      failed(event, outcome, now);
      return false;
    }
    log.add(claim.webhook(), event, failures + 1, now, outcome, null);
    failures = 0;
    failingSince = null;
    told++;
    position = behind;
    return progress.told(claim, behind, now);
  }

  private void failed(Event event, Outcome outcome, Instant now) {
    failures++;
    Instant since = failingSince == null ? now : failingSince;
    Instant next = outcome.isGone() ? null : Retries.next(failures, since, now);
    log.add(claim.webhook(), event, failures, now, outcome, next);
    if (next == null) {
      webhooks.disable(claim, outcome.isGone() ? Webhooks.GONE : Webhooks.FAILING, failures, since);
    } else {
      progress.failed(claim, failures, since, next);
    }
  }

  /** Goes on from now when nothing leads there. Other failures are waited out. */
  private boolean goOnFromNow(ProblemException problem) {
    if (problem.type() != ProblemType.SYNC_TOKEN_EXPIRED) {
      progress.release(claim, clock.instant().plus(PAUSE));
      return false;
    }
    try {
      position = sync.now(position.filter());
    } catch (ProblemException noFilterAnyMore) { // a sector that was deleted, say
      webhooks.disable(claim, Webhooks.INVALID_FILTER, failures, failingSince);
      return false;
    }
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as its id and the database say
    restartAt = at;
    return progress.lost(claim, position, at);
  }
}
