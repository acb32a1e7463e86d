package fr.digital113.directory.imports;

import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.web.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The files that wait to be imported, in the data folder. */
@ApplicationScoped
class Uploads {
  private static final Logger LOG = Logger.getLogger(Uploads.class);

  private final Path folder;
  private final Path incoming;

  Uploads(DataFolder dataFolder) {
    this.folder = dataFolder.uploads();
    this.incoming = dataFolder.incoming();
  }

  interface Source {
    void writeTo(Path file) throws IOException;
  }

  /**
   * Keeps a file until {@link #delete}.
   *
   * @throws ProblemException when the disk does not take it
   */
  Path keep(Source source) {
    Path file = folder.resolve(UUID.randomUUID().toString());
    try {
      source.writeTo(file);
      return file;
    } catch (IOException | UncheckedIOException full) {
      LOG.error("An upload could not be stored", full);
      delete(file);
      throw ProblemException.storageUnavailable();
    }
  }

  Path keep(InputStream content) {
    return keep(file -> Files.copy(content, file));
  }

  void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warnf(e, "An upload stays until the next start: %s", file.getFileName());
    }
  }

  /** Deletes what a process that was killed has left; before any request is let in. */
  void clear() {
    clear(folder);
    clear(incoming);
  }

  private void clear(Path folder) {
    try (Stream<Path> left = Files.list(folder)) {
      left.filter(Files::isRegularFile).forEach(this::delete);
    } catch (IOException e) {
      LOG.warn("Old uploads could not be listed", e);
    }
  }
}
