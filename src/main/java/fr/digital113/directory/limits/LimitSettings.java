package fr.digital113.directory.limits;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What bounds a caller; application.properties says what each is for. */
@ConfigMapping(prefix = "directory.limits")
public interface LimitSettings {

  /** Of a client address that sends no known key. */
  @WithDefault("600")
  int requestsPerMinute();

  /** Of the admin, of each of the team, and of each of its scripts. */
  @WithDefault("6000")
  int adminRequestsPerMinute();

  /** What a key or token costs that this process has not seen to be good. */
  @WithDefault("20")
  int unknownCredentialCost();

  /** Among how many processes callers are spread. */
  @WithDefault("1")
  int processes();

  /** The largest body, where no {@link LargeBody} says otherwise. */
  @WithDefault("1M")
  MemorySize maxBodySize();

  /** How long a body may take to arrive, and one more second for each part of this rate. */
  @WithDefault("20S")
  Duration bodyTimeout();

  /** The slowest that a body may arrive, in bytes a second. */
  @WithDefault("16K")
  MemorySize bodyRate();
}
