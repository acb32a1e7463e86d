package fr.digital113.directory.erasure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Looks for traces of a person in the database and in files, byte by byte and knowing nothing of
 * {@link Places}.
 */
final class Traces {
  private final Jdbi jdbi;
  private final Path dataFolder;
  private final List<String> needles;

  /**
   * @param needles in lower case
   */
  Traces(Jdbi jdbi, Path dataFolder, String... needles) {
    this.jdbi = jdbi;
    this.dataFolder = dataFolder;
    this.needles = List.of(needles);
  }

  boolean areIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return needles.stream().anyMatch(lower::contains);
  }

  /** The tables with traces. */
  Set<String> tables() {
    return jdbi.withHandle(
        database -> {
          Set<String> found = new TreeSet<>();
          for (String table : tables(database)) {
            database
                .createQuery("select t::text from public.\"%s\" t".formatted(table))
                .mapTo(String.class)
                .forEach(
                    row -> {
                      if (areIn(row)) {
                        found.add(table);
                      }
                    });
          }
          return found;
        });
  }

  private static List<String> tables(Handle database) {
    return database
        .createQuery("select tablename from pg_tables where schemaname = 'public'")
        .mapTo(String.class)
        .list();
  }

  /** The files with traces, but for those of PostgreSQL itself. */
  Set<String> files() {
    try (Stream<Path> files = Files.walk(dataFolder)) {
      Set<String> found = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .map(dataFolder::relativize)
          .filter(file -> !file.startsWith("postgresql"))
          .forEach(
              file -> {
                if (areIn(content(dataFolder.resolve(file)))) {
                  found.add(file.getName(0).toString());
                }
              });
      return found;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException mergedAway) {
      return "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
