package fr.digital113.directory.testsupport;

import io.zonky.test.db.postgres.embedded.DatabasePreparer;
import io.zonky.test.db.postgres.junit5.EmbeddedPostgresExtension;
import io.zonky.test.db.postgres.junit5.PreparedDbExtension;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL database with all migrations, without Quarkus: a new one for each test, or for
 * the class when the field is static. All come from one server, copied from a template.
 */
public final class MigratedDatabase
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final DatabasePreparer MIGRATIONS =
      database -> Flyway.configure().dataSource(database).load().migrate();

  private final PreparedDbExtension database;

  /** Databases with nothing but the schema. */
  public MigratedDatabase() {
    this(MIGRATIONS);
  }

  private MigratedDatabase(DatabasePreparer template) {
    database =
        EmbeddedPostgresExtension.preparedDatabase(template)
            .customize(server -> server.setServerConfig("fsync", "off"));
  }

  /** Databases that start with some content, made once for all tests of the class. */
  public static Content with(Consumer<Jdbi> content) {
    return new Content(
        database -> {
          MIGRATIONS.prepare(database);
          content.accept(Jdbi.create(database));
        });
  }

  /** What databases start with; keep it in a static field, as each has a server of its own. */
  public record Content(DatabasePreparer template) {

    /** Databases with this content. */
    public MigratedDatabase database() {
      return new MigratedDatabase(template);
    }
  }

  /** The database of the running test. */
  public Jdbi jdbi() {
    return Jdbi.create(database.getTestDatabase());
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeAll(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    database.beforeEach(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    database.afterEach(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    database.afterAll(context);
  }
}
