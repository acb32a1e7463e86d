package fr.digital113.directory.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.database.ForJobs;
import fr.digital113.directory.web.Text;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs the jobs of this process one after the other, and sees to it that no job of any process
 * stays unfinished when its process or its database is gone.
 */
@ApplicationScoped
class ImportWorker {
  private static final Logger LOG = Logger.getLogger(ImportWorker.class);
  private static final long WATCH_SECONDS = 3;
  private static final Text INTERRUPTED =
      new Text(
          "interrompu ; rien du fichier n'a été gardé",
          "interrupted; nothing of the file was kept");

  private final Jdbi jdbi;
  private final ImportJobs jobs;
  private final ImportRun importRun;
  private final JobOwnership ownership;
  private final Uploads uploads;
  private final ImportMetrics metrics;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(daemon("imports"));
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(daemon("imports-watch"));

  /** Failures that could not be written yet, because the database was away. */
  private final Map<UUID, Text> unwritten = new ConcurrentHashMap<>();

  ImportWorker(
      @ForJobs Jdbi jdbi,
      ImportJobs jobs,
      ImportRun importRun,
      JobOwnership ownership,
      Uploads uploads,
      ImportMetrics metrics) {
    this.jdbi = jdbi;
    this.jobs = jobs;
    this.importRun = importRun;
    this.ownership = ownership;
    this.uploads = uploads;
    this.metrics = metrics;
  }

  private static java.util.concurrent.ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  void onStart(@Observes StartupEvent event) {
    uploads.clear();
    var unused = watch.scheduleWithFixedDelay(this::tick, 0, WATCH_SECONDS, TimeUnit.SECONDS);
  }

  void onStop(@Observes ShutdownEvent event) {
    watch.shutdownNow();
    thread.shutdownNow();
  }

  /** Takes over an uploaded file, which is deleted when the job is over. */
  UUID submit(ImportRun.Load load) {
    jobs.requireDatabase(); // the lock of a job waits for one that hangs, its caller does not
    UUID id = UuidCreator.getTimeOrderedEpoch();
    ownership.take(id);
    try {
      jobs.insert(id, load.kind().name(), load.fileName(), load.dryRun(), load.options().actor());
    } catch (RuntimeException e) {
      ownership.release(id);
      throw e;
    }
    thread.execute(() -> run(id, load));
    return id;
  }

  private void run(UUID id, ImportRun.Load load) {
    JobReport report = new JobReport(jdbi, jobs, id);
    try {
      importRun.run(load, report, edges(id, report));
      if (load.dryRun()) {
        report.flush();
        jdbi.useHandle(database -> finish(database, id, report));
      }
      metrics.done();
    } catch (ImportRun.FailedException failed) {
      fail(id, failed.reason());
    } catch (RuntimeException unexpected) {
      LOG.errorf(unexpected, "Import job %s failed", id);
      fail(id, INTERRUPTED);
    } finally {
      uploads.delete(load.file());
      if (!unwritten.containsKey(id)) {
        ownership.release(id);
      }
    }
  }

  private ImportRun.Edges edges(UUID id, JobReport report) {
    return new ImportRun.Edges() {
      @Override
      public void started() {
        if (!jobs.start(id)) {
          throw new ImportRun.FailedException(INTERRUPTED, null);
        }
      }

      @Override
      public void beforeCommit(Handle database) {
        // Before the job's row is locked by this transaction: the report uses another connection.
        report.flush();
        finish(database, id, report);
      }
    };
  }

  private void finish(Handle database, UUID id, JobReport report) {
    if (!jobs.finish(database, id, report.counts())) {
      throw new ImportRun.FailedException(INTERRUPTED, null);
    }
  }

  private void fail(UUID id, Text reason) {
    metrics.failed();
    try {
      jobs.fail(id, reason);
    } catch (RuntimeException databaseAway) {
      LOG.warnf("Import job %s: its failure is written once the database is back", id);
      unwritten.put(id, reason);
    }
  }

  private void tick() {
    try {
      ownership.keep();
      unwritten.forEach(
          (id, reason) -> {
            jobs.fail(id, reason);
            unwritten.remove(id);
            ownership.release(id);
          });
      failOrphans();
    } catch (RuntimeException databaseAway) {
      LOG.debug("Import jobs are looked after once the database is back", databaseAway);
    }
  }

  /** Ends the jobs whose process is gone: its lock can be had. */
  private void failOrphans() {
    for (UUID id : unfinished()) {
      if (!ownership.isMine(id)) {
        jdbi.useTransaction(
            database -> {
              if (database
                  .createQuery("select pg_try_advisory_xact_lock(" + JobOwnership.KEY + ")")
                  .bind(0, id.toString())
                  .mapTo(Boolean.class)
                  .one()) {
                if (ImportJobs.fail(database, id, INTERRUPTED)) {
                  metrics.failed(); // the process that had it cannot tell any more
                }
              }
            });
      }
    }
  }

  private java.util.List<UUID> unfinished() {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select id from import_job where status in ('queued', 'running')")
                .mapTo(UUID.class)
                .list());
  }
}
