package fr.digital113.directory.webhooks;

import fr.digital113.directory.metrics.DatabaseFigures;
import fr.digital113.directory.metrics.Figure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Attempts of this process to tell webhooks, and what waits to be told, by any process. */
@Singleton
class WebhookMetrics implements DatabaseFigures {
  private static final String TOLD = "told";

  /** What came of an attempt; all other codes are of one kind. */
  private static final List<String> OUTCOMES =
      List.of(
          TOLD, "refused", "redirected", "gone", "timed_out", "connection_failed", "tls_failed");

  private static final String OTHER = "other";

  private final Map<String, Counter> attempts;
  private final Counter others;

  WebhookMetrics(MeterRegistry registry) {
    this.attempts =
        OUTCOMES.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), outcome -> counter(registry, outcome)));
    this.others = counter(registry, OTHER);
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("directory.webhook.attempts")
        .description("Attempts of this process to tell a webhook something, pings included")
        .tag("outcome", outcome)
        .register(registry);
  }

  void attempted(Outcome outcome) {
    String error = outcome.error();
    attempts.getOrDefault(error == null ? TOLD : error, others).increment();
  }

  /** One that waits has something before it in the log, whether or not it is meant for it. */
  @Override
  public List<Figure> read(Handle database) {
    return database
        .createQuery(
            """
            with head as (select coalesce(max(revision), 0) as revision from revision),
            waiting as (
              select p.base, p.restart_at, p.attempts
              from webhook_progress p join webhook w on w.id = p.webhook, head
              where w.enabled and (p.restart_at is not null or p.base < head.revision
                or p.epoch <> (select id::text from epoch))
            )
            select count(*) filter (where enabled) as enabled,
              count(*) filter (where not enabled and reason = 'paused') as paused,
              count(*) filter (where not enabled and reason <> 'paused') as disabled,
              (select count(*) from waiting) as waiting,
              (select count(*) from waiting where attempts > 0) as failing,
              coalesce(extract(epoch from clock_timestamp() - (select committed_at from revision
                where revision > (select min(base) from waiting where attempts = 0) order by revision limit 1)), 0) as seconds
            from webhook
            """)
        .map(
            (row, context) ->
                List.of(
                    webhooks("enabled", row.getLong("enabled")),
                    webhooks("paused", row.getLong("paused")),
                    webhooks("disabled", row.getLong("disabled")),
                    Figure.count(
                        "directory.webhook.waiting",
                        "Webhooks that have changes before them",
                        Tags.empty(),
                        row.getLong("waiting")),
                    Figure.count(
                        "directory.webhook.failing",
                        "Those of them whose last attempt has failed",
                        Tags.empty(),
                        row.getLong("failing")),
                    Figure.seconds(
                        "directory.webhook.oldest.waiting",
                        "Since when the oldest change waits for a webhook whose last attempt was good",
                        Tags.empty(),
                        Math.max(0, row.getDouble("seconds")))))
        .one();
  }

  private static Figure webhooks(String state, long count) {
    return Figure.count("directory.webhooks", "Webhooks, by state", Tags.of("state", state), count);
  }
}
