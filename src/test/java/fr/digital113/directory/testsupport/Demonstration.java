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
  private static final int COMPANIES = 424;
  private static final int FACTORIES = 18;

  private final Imports imports;
  private final Jdbi jdbi;
  private final DirectoryIndex index;

  Demonstration(Imports imports, Jdbi jdbi, DirectoryIndex index) {
    this.imports = imports;
    this.jdbi = jdbi;
    this.index = index;
  }

  /** Puts it in place of whatever there was, unless it is there already. */
  public void loadUnlessThere() {
    if (count("company") == COMPANIES && count("factory") == FACTORIES) {
      index.catchUp();
    } else {
      load();
    }
  }

  private long count(String table) {
    return jdbi.withHandle(
        database -> database.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  /** Puts it in place of whatever there was. */
  public void load() {
    jdbi.useTransaction(
        database ->
            List.of("initiative", "factory", "membership", "company")
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
