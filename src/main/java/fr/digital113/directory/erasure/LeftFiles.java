package fr.digital113.directory.erasure;

import fr.digital113.directory.database.DataFolder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Uploads that their import did not delete. They cannot be searched (a sheet is packed), so they go
 * as a whole.
 */
@Singleton
class LeftFiles {
  /** What is younger may be of an import that is about to be queued. */
  private static final Duration AGE = Duration.ofMinutes(10);

  private final Path folder;

  LeftFiles(DataFolder dataFolder) {
    this.folder = dataFolder.uploads();
  }

  /** How many an erasure would delete. */
  long count() {
    return files().size();
  }

  /** Deletes them; only while no import waits or runs. */
  void delete() {
    try {
      for (Path file : files()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private List<Path> files() {
    Instant before = Instant.now().minus(AGE);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> isLeft(file, before)).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isLeft(Path file, Instant before) {
    try {
      return Files.isRegularFile(file)
          && Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
