package fr.digital113.directory;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL of its own, as an operator runs one: never as root. */
final class FaultServer {
  private final Path programs;
  private final Path folder;
  private final int port;

  /**
   * @param programs the folder of {@code initdb} and {@code pg_ctl}
   * @param folder is there and belongs to the user that runs the server
   */
  FaultServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** Makes the cluster, and in it the database of the directory. */
  void make() throws Exception {
    run(
        "initdb",
        "--pgdata=" + data(),
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C");
    Files.writeString(
        data().resolve("postgresql.auto.conf"),
        """
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        port = %d
        max_wal_size = 128MB
        """
            .formatted(port));
    start();
    run("createdb", "--host=127.0.0.1", "--port=" + port, "--username=postgres", "directory");
  }

  void start() throws Exception {
    run(
        "pg_ctl",
        "start",
        "--pgdata=" + data(),
        "--log=" + folder.resolve("log"),
        "--wait",
        "--timeout=60");
  }

  /** Starts it where it has ended by itself, as it does when its log cannot be written. */
  void startIfDown() throws Exception {
    boolean runs =
        Files.exists(data().resolve("postmaster.pid"))
            && ProcessHandle.of(pid()).map(ProcessHandle::isAlive).orElse(false);
    if (!runs) {
      System.out.println("PostgreSQL had ended by itself");
      start();
    }
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip());
  }

  void stop() throws Exception {
    run("pg_ctl", "stop", "--pgdata=" + data(), "--mode=fast", "--wait", "--timeout=60");
  }

  /** Ends every process of it at once, without a warning. */
  void kill() throws IOException {
    ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.children().toList());
    all.add(0, postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/directory";
  }

  private Path data() {
    return folder.resolve("cluster");
  }

  private void run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("faults", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()))
            .start();
    int exit = process.waitFor();
    String said = Files.readString(output);
    Files.delete(output);
    if (exit != 0) {
      throw new IllegalStateException(command + " ended with " + exit + ": " + said);
    }
  }
}
