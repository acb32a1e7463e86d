package fr.digital113.directory.statistics;

import fr.digital113.directory.statistics.cubes.Turn;
import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Slots;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Bounds how many dear answers are made at once. What reads all of the history holds a connection
 * to the database, which writers need as well; a large one, tens of megabytes of memory until it is
 * sent.
 */
@Singleton
class Turns {
  static final int OF_EVERYBODY = 6;
  static final int OF_AN_ADDRESS = 4;

  /** Cells from which on an answer is large. */
  private static final long LARGE = 20_000;

  private static final int OF_THE_LARGE = 3;
  private static final int OF_THE_TEAM = 3;

  private final Slots everybody = new Slots(OF_EVERYBODY, OF_AN_ADDRESS);
  private final Slots large = new Slots(OF_THE_LARGE, 1);
  private final Slots team = new Slots(OF_THE_TEAM, OF_THE_TEAM);

  /**
   * For an answer of so many cells.
   *
   * @param ofHistory whether it reads all of the history
   */
  Turn of(long cells, boolean ofHistory) {
    if (cells >= LARGE) {
      return this::takeUntilSent;
    }
    return ofHistory ? (exchange, content) -> take(everybody, exchange, content) : Turn.ALWAYS;
  }

  /** For the team alone, in whose way no other reader shall be. */
  Turn ofTheTeam() {
    return (exchange, content) -> take(team, exchange, content);
  }

  private static Content take(Slots slots, Exchange exchange, Supplier<Content> content) {
    String client = exchange.client();
    slots.take(client);
    try {
      return content.get();
    } finally {
      slots.giveBack(client);
    }
  }

  private Content takeUntilSent(Exchange exchange, Supplier<Content> content) {
    String client = exchange.client();
    large.take(client);
    exchange.atEnd(() -> large.giveBack(client));
    return content.get();
  }
}
