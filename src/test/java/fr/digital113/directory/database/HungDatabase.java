package fr.digital113.directory.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Lets PostgreSQL hang until closed: its processes stop where they are, and connections stand.
 * Needs the command {@code kill}.
 */
public final class HungDatabase implements AutoCloseable {
  private final List<ProcessHandle> processes;

  private HungDatabase(List<ProcessHandle> processes) {
    this.processes = processes;
  }

  /** Stops the server of the program that runs in this process. */
  public static HungDatabase begin() throws Exception {
    Path folder =
        new DataFolder(ConfigProvider.getConfig().getValue("directory.data-dir", Path.class))
            .postgresql();
    return of(folder.resolve("cluster"));
  }

  /** Stops the server of a cluster. */
  public static HungDatabase of(Path cluster) throws Exception {
    long pid = Long.parseLong(Files.readAllLines(cluster.resolve("postmaster.pid")).get(0));
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    signal("STOP", List.of(postmaster)); // first, so that it makes no others
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    signal("STOP", all);
    return new HungDatabase(all);
  }

  private static void signal(String name, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    for (ProcessHandle process : processes) {
      int sent =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      assertThat(sent == 0 || !process.isAlive()).isTrue();
    }
  }

  /** Lets it go on. */
  @Override
  public void close() throws Exception {
    signal("CONT", processes);
  }
}
