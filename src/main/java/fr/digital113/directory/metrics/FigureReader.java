package fr.digital113.directory.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads the figures of the database every ten seconds, whoever scrapes and however often: a scrape
 * shows what was read last and waits for nothing. What cannot be read is no number, never an old
 * one.
 */
@Singleton
public class FigureReader {
  private static final Logger LOG = Logger.getLogger(FigureReader.class);

  /**
   * Behind all that the start does: one that fails is told in one line, and not by this as well.
   */
  private static final int LAST = 4_000;

  private final Jdbi jdbi;
  private final List<DatabaseFigures> sources;
  private final MeterRegistry registry;
  private final Map<String, MultiGauge> gauges = new HashMap<>();
  private final Map<DatabaseFigures, List<Figure>> last = new HashMap<>();
  private boolean failing;
  private volatile long readAt = System.nanoTime();

  FigureReader(Jdbi jdbi, @All List<DatabaseFigures> sources, MeterRegistry registry) {
    this.jdbi = jdbi;
    this.sources = sources;
    this.registry = registry;
  }

  void start(@Observes @Priority(LAST) StartupEvent event, Scheduler scheduler) {
    Gauge.builder("directory.database.figures.age", this, FigureReader::age)
        .description("Since when the figures of the database were last read, all of them")
        .baseUnit("seconds")
        .register(registry);
    scheduler
        .newJob("figures")
        .setInterval("10s")
        .setConcurrentExecution(ConcurrentExecution.SKIP)
        .setTask(execution -> read())
        .schedule();
  }

  private double age() {
    return (System.nanoTime() - readAt) / 1e9;
  }

  /** Reads all of them now. */
  public synchronized void read() {
    boolean failed = false;
    try (Handle database = jdbi.open()) {
      for (DatabaseFigures source : sources) {
        failed |= !read(database, source);
      }
    } catch (RuntimeException databaseAway) {
      failed = true;
      last.replaceAll((source, figures) -> unknown(figures));
    }
    if (!failed) {
      readAt = System.nanoTime();
    } else if (!failing) {
      LOG.warn("Figures of the database are not known at the moment");
    }
    failing = failed;
    show();
  }

  private boolean read(Handle database, DatabaseFigures source) {
    try {
      last.put(
          source,
          database.inTransaction(
              transaction -> {
                transaction.execute("set transaction read only");
                transaction.execute("set local statement_timeout = '2s'");
                return source.read(transaction);
              }));
      return true;
    } catch (RuntimeException failure) {
      LOG.debug("Figures could not be read", failure);
      last.computeIfPresent(source, (same, figures) -> unknown(figures));
      return false;
    }
  }

  private static List<Figure> unknown(List<Figure> figures) {
    return figures.stream().map(Figure::unknown).toList();
  }

  private void show() {
    Map<String, List<MultiGauge.Row<?>>> rows = new HashMap<>();
    last.values()
        .forEach(
            figures ->
                figures.forEach(
                    each -> {
                      gauges.computeIfAbsent(each.name(), name -> gauge(each));
                      rows.computeIfAbsent(each.name(), name -> new ArrayList<>())
                          .add(MultiGauge.Row.of(each.tags(), each.value()));
                    }));
    gauges.forEach((name, gauge) -> gauge.register(rows.getOrDefault(name, List.of()), true));
  }

  private MultiGauge gauge(Figure figure) {
    return MultiGauge.builder(figure.name())
        .description(figure.description())
        .baseUnit(figure.unit())
        .register(registry);
  }
}
