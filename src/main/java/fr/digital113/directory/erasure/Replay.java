package fr.digital113.directory.erasure;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** A restored backup has again what was erased since: it goes before anybody can read it. */
@Singleton
class Replay {
  private static final int BEFORE_THE_INDEX = 2_800;

  private final Erasures erasures;

  Replay(Erasures erasures) {
    this.erasures = erasures;
  }

  void atStart(@Observes @Priority(BEFORE_THE_INDEX) StartupEvent event) {
    erasures.replay();
  }
}
