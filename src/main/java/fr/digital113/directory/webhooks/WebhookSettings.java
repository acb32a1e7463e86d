package fr.digital113.directory.webhooks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What operators may set of webhooks. */
@ConfigMapping(prefix = "directory.webhooks")
interface WebhookSettings {
  /** Whether this process delivers; another one on the same database may. */
  @WithDefault("true")
  boolean deliver();

  /** Whether receivers may be on this machine, and be spoken to in plain: for development. */
  @WithDefault("false")
  boolean allowLoopback();

  /** How many webhooks a process tells at once. */
  @WithDefault("16")
  int threads();

  /** How many of them of one partner, so that its slow servers do not hold up others. */
  @WithDefault("2")
  int threadsPerPartner();
}
