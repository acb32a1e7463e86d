package fr.digital113.directory.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many problems of each type were told, by whatever part of the program. */
@Singleton
class ProblemCounts implements MeterBinder {
  private static final Map<ProblemType, LongAdder> COUNTS = new EnumMap<>(ProblemType.class);

  static {
    for (ProblemType type : ProblemType.values()) {
      COUNTS.put(type, new LongAdder());
    }
  }

  static void count(ProblemType type) {
    LongAdder count = COUNTS.get(type);
    if (count != null) {
      count.increment();
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    COUNTS.forEach(
        (type, count) ->
            FunctionCounter.builder("directory.problems", count, LongAdder::sum)
                .description("Problem documents told, by type: refusals, mistakes, failures")
                .tag("type", type.slug())
                .register(registry));
  }
}
