package fr.digital113.directory.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** The plans by name; application.properties has those that always exist. */
@ConfigMapping(prefix = "directory.plans")
interface PlanSettings {

  @WithParentName
  Map<String, Plan> byName();

  /** What a plan allows. */
  interface Plan {
    int requestsPerMinute();
  }
}
