package fr.digital113.directory.statistics;

import fr.digital113.directory.access.Caller;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Notes who read confidential figures, before they are shown. */
@Singleton
class PrivateReads {
  private final Jdbi jdbi;

  PrivateReads(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Notes one.
   *
   * @param request path and query, as they were asked
   */
  void note(Caller caller, String request) {
    jdbi.useHandle(
        database ->
            database.execute(
                "insert into confidential_read (actor, request) values (?, left(?, 10000))",
                caller.actor(),
                request));
  }
}
