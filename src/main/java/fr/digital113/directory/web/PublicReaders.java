package fr.digital113.directory.web;

import io.vertx.ext.web.RoutingContext;

/** Who may be given what everybody is given, before {@link Audience} can tell. */
public interface PublicReaders {

  /**
   * Whether who asks is nobody known, or a partner whose key is good and used from where it may be.
   * Answers from memory; false when that is not enough to know.
   */
  boolean has(RoutingContext exchange);
}
