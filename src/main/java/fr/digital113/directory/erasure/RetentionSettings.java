package fr.digital113.directory.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what names somebody is kept. */
@ConfigMapping(prefix = "directory.retention")
interface RetentionSettings {

  /** Import jobs with their reports, after their end. */
  @WithDefault("90D")
  Duration imports();

  /** Proposals that were accepted or refused. */
  @WithDefault("365D")
  Duration proposals();

  /** Proposals that were withdrawn or replaced before anybody decided. */
  @WithDefault("30D")
  Duration replacedProposals();

  /** Attempts to tell a webhook something: nothing of what was told. */
  @WithDefault("30D")
  Duration deliveries();

  /** Which user made a change; that it was made stays. */
  @WithDefault("1095D")
  Duration actors();
}
