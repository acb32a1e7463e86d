package fr.digital113.directory.reference;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Brings the reference data of the database to the edition of the files, once per edition: all in
 * one transaction, or nothing.
 */
@ApplicationScoped
public class ReferenceLoader {
  /** When this observes the start; whatever needs reference data starts with a higher number. */
  public static final int PRIORITY = 1000;

  private static final Logger LOG = Logger.getLogger(ReferenceLoader.class);

  private final Jdbi jdbi;
  private final ReferenceFiles files;

  @Inject
  ReferenceLoader(
      Jdbi jdbi, @ConfigProperty(name = "directory.reference-dir") Optional<Path> folder) {
    this.jdbi = jdbi;
    this.files = ReferenceFiles.in(folder);
  }

  /** Which edition the database holds of a data set. */
  private record Loaded(String vintage, String checksum) {}

  void onStart(@Observes @Priority(PRIORITY) StartupEvent start) {
    loadOrKeep();
  }

  /**
   * Loads what is new. Files that are refused leave a directory that already has reference data as
   * it is, with an error in the log; an empty one cannot start without them.
   *
   * @throws ReferenceRefusedException when the files are refused and there is nothing to go on with
   */
  void loadOrKeep() {
    try {
      load();
    } catch (ReferenceRefusedException refused) {
      boolean complete = jdbi.withHandle(ReferenceLoader::loaded).size() == DataSet.values().length;
      if (!complete) {
        throw refused;
      }
      LOG.errorf(
          "New reference data was refused, the directory goes on with what it has. %s",
          refused.getMessage());
    }
  }

  /**
   * Loads what is new; touches nothing when the database already holds these files.
   *
   * @throws ReferenceRefusedException when they cannot be loaded; nothing is changed then
   */
  public void load() {
    List<Edition> editions = files.editions();
    boolean upToDate =
        jdbi.withHandle(
            database -> due(editions, loaded(database)).isEmpty() && hasCluster(database));
    if (upToDate) {
      return;
    }
    try {
      jdbi.useTransaction(database -> load(database, editions));
    } catch (SQLException | RuntimeException failure) {
      throw explained(failure);
    }
  }

  private static void load(Handle database, List<Edition> editions) throws SQLException {
    // Processes that start together load one after the other; the second finds nothing to do.
    database.execute("select pg_advisory_xact_lock(hashtext('reference data'))");
    database.execute("select act_as('reference-data')");
    for (Edition edition : due(editions, loaded(database))) {
      LOG.infof("Loading reference data: %s, %s", edition.set().label(), edition.vintage());
      load(database, edition);
    }
    if (!hasCluster(database)) {
      database
          .createUpdate(
              """
              insert into cluster (slug, name, document)
              select d ->> 'slug', d ->> 'name', d - 'slug' - 'name'
              from cast(:document as jsonb) d
              """)
          .bind("document", ReferenceFiles.builtInText("cluster.json"))
          .execute();
    }
    runScript(database, "cluster");
  }

  private static void load(Handle database, Edition edition) throws SQLException {
    Staging staging = new Staging(database.getConnection());
    for (Map.Entry<SourceFile, byte[]> file : edition.contents().entrySet()) {
      staging.copy(file.getKey(), file.getValue());
    }
    runScript(database, edition.set().label());
    database
        .createUpdate(
            """
            insert into reference_vintage (name, vintage, checksum) values (:name, :vintage, :checksum)
            on conflict (name) do update
              set vintage = excluded.vintage, checksum = excluded.checksum, loaded_at = now()
            """)
        .bind("name", edition.set().label())
        .bind("vintage", edition.vintage())
        .bind("checksum", edition.checksum())
        .execute();
  }

  private static void runScript(Handle database, String name) throws SQLException {
    try (Statement statement = database.getConnection().createStatement()) {
      statement.execute(ReferenceFiles.builtInText("sql/" + name + ".sql"));
    }
  }

  private static boolean hasCluster(Handle database) {
    return database.select("select exists (select from cluster)").mapTo(Boolean.class).one();
  }

  private static Map<String, Loaded> loaded(Handle database) {
    return database
        .select("select name, vintage, checksum from reference_vintage")
        .map(
            (row, context) ->
                Map.entry(row.getString(1), new Loaded(row.getString(2), row.getString(3))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The editions that differ from what is loaded, without those that would turn the clock back. */
  private static List<Edition> due(List<Edition> editions, Map<String, Loaded> loaded) {
    return editions.stream()
        .filter(edition -> isDue(edition, loaded.get(edition.set().label())))
        .toList();
  }

  private static boolean isDue(Edition edition, @Nullable Loaded loaded) {
    if (loaded == null) {
      return true;
    }
    if (edition.vintage().compareTo(loaded.vintage()) < 0) {
      // A process that still runs with last year's files must not bring merged communes back.
      LOG.warnf(
          "Reference files older than the database are left aside: %s of %s, loaded is %s",
          edition.set().label(), edition.vintage(), loaded.vintage());
      return false;
    }
    return !loaded.equals(new Loaded(edition.vintage(), edition.checksum()));
  }

  /**
   * A refusal when PostgreSQL found fault with the data (classes 22, 23); else the failure itself.
   */
  private static RuntimeException explained(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException fault
          && fault.getSQLState() != null
          && fault.getSQLState().matches("2[23].*")
          && fault.getServerErrorMessage() != null) {
        ServerErrorMessage message = fault.getServerErrorMessage();
        String detail = message.getDetail() == null ? "" : " (" + message.getDetail() + ")";
        return new ReferenceRefusedException(message.getMessage() + detail, failure);
      }
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }
}
