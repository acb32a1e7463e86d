package fr.digital113.directory.access;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** How many keys and tokens were sent that are not good; who sends none is not among them. */
@Singleton
class AccessMetrics implements MeterBinder {
  private final LongAdder keys = new LongAdder();
  private final LongAdder tokens = new LongAdder();

  void wrongKey() {
    keys.increment();
  }

  void wrongToken() {
    tokens.increment();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bind(registry, "key", keys);
    bind(registry, "token", tokens);
  }

  private static void bind(MeterRegistry registry, String credential, LongAdder count) {
    FunctionCounter.builder("directory.credentials.refused", count, LongAdder::sum)
        .description("Keys and tokens that were sent and are not good")
        .tag("credential", credential)
        .register(registry);
  }
}
