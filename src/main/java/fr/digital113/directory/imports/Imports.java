package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Loads files of the program itself, at once and without a job. */
@ApplicationScoped
public class Imports {
  private static final int SHOWN = 10;

  private final ImportKinds kinds;
  private final ImportRun importRun;
  private final Uploads uploads;

  Imports(ImportKinds kinds, ImportRun importRun, Uploads uploads) {
    this.kinds = kinds;
    this.importRun = importRun;
    this.uploads = uploads;
  }

  /**
   * Loads a whole file, or nothing of it.
   *
   * @param kind for instance {@code members}
   * @param actor who imports, for the change log
   * @throws IllegalStateException when a row is rejected or the file cannot be read
   */
  public RowCounts load(String kind, Path file, String actor) {
    Strict report = new Strict();
    String fileName = String.valueOf(file.getFileName());
    try {
      importRun.run(
          new ImportRun.Load(
              kinds.named(kind), file, fileName, new ImportOptions(List.of(), null, actor), false),
          report,
          new ImportRun.Edges() {
            @Override
            public void started() {}

            @Override
            public void beforeCommit(Handle database) {
              report.refuse(kind);
            }
          });
    } catch (ImportRun.FailedException failed) {
      throw new IllegalStateException(fileName + ": " + failed.getMessage(), failed);
    }
    return report.counts();
  }

  /** Like {@link #load(String, Path, String)}, from a stream that is read to its end. */
  public RowCounts load(String kind, InputStream content, String actor) {
    Path file = uploads.keep(content);
    try {
      return load(kind, file, actor);
    } finally {
      uploads.delete(file);
    }
  }

  private static final class Strict extends CountingReport {
    private final List<String> rejections = new ArrayList<>();

    @Override
    void restart() {
      super.restart();
      rejections.clear();
    }

    @Override
    void note(Line line) {
      if (line.outcome().equals("rejected") && rejections.size() < SHOWN) {
        rejections.add("line %d, %s: %s".formatted(line.line(), line.column(), line.reason().en()));
      }
    }

    void refuse(String kind) {
      if (!rejections.isEmpty()) {
        String rows = String.join("; ", rejections);
        throw new ImportRun.FailedException(
            new Text("%d lignes de %s rejetées : %s", "%d rows of %s rejected: %s")
                .with(counts().rejected(), kind, rows),
            null);
      }
    }
  }
}
