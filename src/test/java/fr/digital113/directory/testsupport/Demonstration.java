package fr.digital113.directory.testsupport;

import fr.digital113.directory.imports.Imports;
import fr.digital113.directory.index.DirectoryIndex;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;

/** The demonstration data: 400 fictional members, former members and Factories. */
@Singleton
public class Demonstration {
  private final Imports imports;
  private final Jdbi jdbi;
  private final DirectoryIndex index;

  Demonstration(Imports imports, Jdbi jdbi, DirectoryIndex index) {
    this.imports = imports;
    this.jdbi = jdbi;
    this.index = index;
  }

  /** Puts it in place of what there is, unless that is the demonstration data already. */
  public void loadUnlessThere() {
    String last =
        "select count(*) from factory_participant where company in "
            + "(select id from company where slug = 'zephyrine-42')";
    long members =
        jdbi.withHandle(
            database ->
                database.createQuery("select count(*) from company").mapTo(Long.class).one());
    if (members < 400
        || jdbi.withHandle(database -> database.createQuery(last).mapTo(Long.class).one()) == 0) {
      load();
    }
  }

  /** Puts it in place of whatever there was. */
  public void load() {
    jdbi.useTransaction(
        database ->
            List.of("factory", "membership", "company")
                .forEach(table -> database.execute("delete from " + table)));
    load("members", "/demo/members.csv");
    load("members", "/demo/former-members.csv");
    load("factories", "/demo/factories.csv");
    index.catchUp();
  }

  private void load(String kind, String resource) {
    try (InputStream content = getClass().getResourceAsStream(resource)) {
      var unused = imports.load(kind, Objects.requireNonNull(content, resource), "test");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
