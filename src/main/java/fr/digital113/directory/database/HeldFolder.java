package fr.digital113.directory.database;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs a command while a data folder is taken, so that no program starts on it meanwhile: {@code
 * HeldFolder <folder> <command> <argument>...}. For the scripts that back up and restore; what a
 * shell can lock is not what Java locks. Ends with the command's exit code.
 */
public final class HeldFolder {
  private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*");

  private HeldFolder() {}

  public static void main(String... args) throws Exception {
    int exit;
    try (DataFolder.Lock lock = new DataFolder(Path.of(args[0])).lock()) {
      ProcessBuilder command =
          new ProcessBuilder(List.of(args).subList(1, args.length)).inheritIO();
      command.environment().put("DIRECTORY_HELD", "true");
      command.environment().put("DIRECTORY_SCHEMA", String.valueOf(newestMigration()));
      command.environment().put("DIRECTORY_POSTGRESQL", PostgresCluster.MAJOR_VERSION);
      exit = command.start().waitFor();
    } catch (StartupFailure e) {
      System.err.println(e.getMessage());
      exit = 1;
    }
    System.exit(exit);
  }

  /** The number of the last migration that this program has. */
  static int newestMigration() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(HeldFolder.class.getResource("/db/migration"));
    URI place = folder.toURI();
    if (!place.getScheme().equals("jar")) {
      return newest(Path.of(place));
    }
    try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
      return newest(jar.getPath("/db/migration"));
    }
  }

  private static int newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> MIGRATION.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .mapToInt(name -> Integer.parseInt(name.group(1)))
          .max()
          .orElseThrow();
    }
  }
}
