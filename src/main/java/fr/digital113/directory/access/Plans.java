package fr.digital113.directory.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How much each kind of caller may ask. */
@ApplicationScoped
public class Plans {
  /** The plan of whoever did not say who they are: the limit of their address. */
  public static final String ANONYMOUS = "anonymous";

  /** The plan of everybody who did, unless their partner has another. */
  public static final String STANDARD = "standard";

  private final Map<String, Integer> requestsPerMinute = new TreeMap<>();

  Plans(PlanSettings settings) {
    settings
        .byName()
        .forEach((name, plan) -> requestsPerMinute.put(name, plan.requestsPerMinute()));
  }

  /** How many requests a plan allows in a minute. */
  public int requestsPerMinute(String plan) {
    Integer configured = requestsPerMinute.get(existing(plan));
    if (configured == null) {
      throw new IllegalStateException("directory.plans has no plan " + plan);
    }
    return configured;
  }

  /** The plans that a partner can have. */
  public Set<String> ofPartners() {
    return new TreeSet<>(requestsPerMinute.keySet());
  }

  /** The name of a plan that there is: a partner may have one that is configured no more. */
  public String existing(@Nullable String plan) {
    return plan != null && requestsPerMinute.containsKey(plan) ? plan : STANDARD;
  }
}
