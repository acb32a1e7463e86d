package fr.digital113.directory.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** What the memory for answers holds, and what is written while it is read. */
@Singleton
class AnswerMetrics implements MeterBinder {
  private final RepresentationCache cache;
  private final Streams streams;
  private final StreamSettings streamSettings;

  AnswerMetrics(RepresentationCache cache, Streams streams, StreamSettings streamSettings) {
    this.cache = cache;
    this.streams = streams;
    this.streamSettings = streamSettings;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("directory.cache.size", cache, RepresentationCache::size)
        .description("Memory that kept answers take, about")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("directory.cache.size.limit", cache, RepresentationCache::maxSize)
        .description("Memory that kept answers may take")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("directory.cache.waiting", cache, RepresentationCache::waiting)
        .description("Requests that wait for another one that asks for the same")
        .register(registry);
    streams(registry, "everybody", streams.everybody(), streamSettings.maxConcurrent());
    streams(registry, "team", streams.team(), Streams.OF_THE_TEAM);
    FunctionCounter.builder("directory.files.cut", streams, Streams::cutOff)
        .description("Whole lists that were cut off: too slow a reader, too long, or a failure")
        .register(registry);
  }

  private static void streams(MeterRegistry registry, String of, Slots slots, int most) {
    Gauge.builder("directory.files.writing", slots, each -> most - each.free().availablePermits())
        .description("Whole lists that are being written")
        .tag("slots", of)
        .register(registry);
    Gauge.builder("directory.files.writing.limit", () -> most)
        .description("Whole lists that may be written at once")
        .tag("slots", of)
        .register(registry);
  }
}
