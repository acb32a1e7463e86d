package fr.digital113.directory.statistics.cubes;

import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.Exchange;
import java.util.function.Supplier;

/** Lets an answer be made when there is room for it. */
@FunctionalInterface
public interface Turn {
  /** For what costs next to nothing. */
  Turn ALWAYS = (exchange, content) -> content.get();

  /**
   * Makes one.
   *
   * @throws fr.digital113.directory.web.ProblemException 503 when too many are being made
   */
  Content take(Exchange exchange, Supplier<Content> content);
}
