package fr.digital113.directory.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who asks: requests by plan, and by partner. A partner is named by its id, which the team can look
 * up; addresses, keys and people are never named. Beyond a thousand partners the others are one.
 */
@Singleton
class CallerMetrics {
  private static final int MOST_PARTNERS = 1_000;
  private static final String PARTNER = "partner:";
  private static final int ID_LENGTH = 36;
  private static final String OTHERS = "others";

  private final MeterRegistry registry;
  private final Map<String, Counts> plans = new ConcurrentHashMap<>();
  private final Map<String, Counts> partners = new ConcurrentHashMap<>();

  private record Counts(Counter taken, Counter refused) {
    void count(boolean isTaken) {
      (isTaken ? taken : refused).increment();
    }
  }

  CallerMetrics(MeterRegistry registry) {
    this.registry = registry;
    plans.put("default", ofPlan("default"));
  }

  /**
   * Counts a request.
   *
   * @param isTaken whether it was within the limit
   */
  void count(Quota quota, boolean isTaken) {
    of(plans, quota.policy(), true).count(isTaken);
    if (quota.holder().startsWith(PARTNER)) {
      of(partners, quota.holder(), false).count(isTaken);
    }
  }

  private Counts of(Map<String, Counts> all, String name, boolean isPlan) {
    Counts known = all.get(name);
    if (known != null) {
      return known;
    }
    if (isPlan) {
      return all.computeIfAbsent(name, this::ofPlan);
    }
    return all.computeIfAbsent(all.size() < MOST_PARTNERS ? name : OTHERS, this::ofPartner);
  }

  /** Plans are settings: there are as many as the operator names. */
  private Counts ofPlan(String plan) {
    return counts(
        "directory.caller.requests",
        "Requests by the plan of who asks: \"default\" is everybody without a key, \"team\" the team",
        "plan",
        plan);
  }

  private Counts ofPartner(String holder) {
    boolean named = holder.length() >= PARTNER.length() + ID_LENGTH;
    return counts(
        "directory.partner.requests",
        "Requests of a partner, all its keys together",
        "partner",
        named ? holder.substring(PARTNER.length(), PARTNER.length() + ID_LENGTH) : OTHERS);
  }

  private Counts counts(String name, String description, String tag, String value) {
    Meter.MeterProvider<Counter> counters =
        Counter.builder(name).description(description).tag(tag, value).withRegistry(registry);
    return new Counts(counters.withTag("outcome", "taken"), counters.withTag("outcome", "refused"));
  }
}
