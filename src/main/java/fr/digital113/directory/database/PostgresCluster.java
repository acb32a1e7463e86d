package fr.digital113.directory.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * One database cluster of PostgreSQL in a folder, and the server over it. Whoever uses it holds the
 * data folder's lock, so a server that is found running is one that a killed process left behind.
 */
final class PostgresCluster {
  private static final Logger LOG = Logger.getLogger(PostgresCluster.class);

  private static final Pattern COMPLAINT =
      Pattern.compile("(FATAL|PANIC|ERROR|error|could not|cannot).*");
  static final String MAJOR_VERSION = "18";
  private static final long LOG_LIMIT = 10_000_000; // bytes, before the file is set aside
  // No process can have this id. It fits the int that PostgreSQL reads it into.
  private static final String NO_PROCESS = String.valueOf(Integer.MAX_VALUE - 1);

  private final PostgresPrograms programs;
  private final Path folder;
  private final Path data;
  private final Path serverLog;
  private final Path programLog;

  PostgresCluster(PostgresPrograms programs, Path folder) throws IOException {
    this.programs = programs;
    this.folder = folder.toRealPath(); // one name, whichever way the folder is reached
    this.data = this.folder.resolve("cluster");
    this.serverLog = this.folder.resolve("postgresql.log");
    this.programLog = this.folder.resolve("command.log");
  }

  boolean exists() {
    return Files.exists(data);
  }

  /** Makes the cluster; nobody gets in without a password, not even in its first second. */
  void initialise(String superuser, Path passwordFile) throws IOException {
    Path unfinished = folder.resolve("cluster.new"); // renamed when whole: a kill leaves no half
    PostgresPrograms.delete(unfinished);
    int exit =
        programs.run(
            programLog,
            "initdb",
            "--pgdata=" + unfinished,
            "--username=" + superuser,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // The same order and case rules on every machine
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");
    if (exit != 0) {
      throw new StartupFailure(
          "PostgreSQL could not be set up in %s (%s). The log is %s."
              .formatted(folder, problem(programLog, 0), programLog));
    }
    Files.writeString(
        unfinished.resolve("postgresql.conf"),
        "\n# Written by the program at each start; what follows it wins\ninclude 'directory.conf'\n",
        StandardOpenOption.APPEND);
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Sets the port of the next start. Durability settings stay what PostgreSQL has by default. */
  void listenOn(int port) throws IOException {
    Files.writeString(
        data.resolve("directory.conf"),
        """
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        port = %d
        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        # The values of rows, which may name somebody, stay out of the log
        log_error_verbosity = terse
        log_min_error_statement = panic
        log_parameter_max_length_on_error = 0
        """
            .formatted(port));
  }

  /** Starts the server and waits until it takes connections, after a crash for its recovery too. */
  void start() throws IOException {
    requireVersion();
    long logged = Files.exists(serverLog) ? Files.size(serverLog) : 0;
    if (logged > LOG_LIMIT) {
      Files.move(
          serverLog, folder.resolve("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
      logged = 0;
    }
    int exit =
        programs.run(
            programLog,
            "pg_ctl",
            "start",
            "--pgdata=" + data,
            "--log=" + serverLog,
            "--wait",
            "--timeout=600");
    if (exit != 0) {
      Path log = Files.exists(serverLog) && Files.size(serverLog) > logged ? serverLog : programLog;
      throw new StartupFailure(
          "PostgreSQL did not start in %s (%s). The log is %s."
              .formatted(folder, problem(log, log.equals(serverLog) ? logged : 0), log));
    }
  }

  /** Stops the server, if one runs, once its last checkpoint is on disk. */
  void stop() throws IOException {
    if (runningServer().isEmpty()) {
      return;
    }
    int exit =
        programs.run(
            programLog,
            "pg_ctl",
            "stop",
            "--pgdata=" + data,
            "--mode=fast",
            "--wait",
            "--timeout=120");
    if (exit != 0 && runningServer().isPresent()) {
      throw new StartupFailure(
          "PostgreSQL in %s did not stop (%s). The log is %s."
              .formatted(folder, problem(programLog, 0), serverLog));
    }
  }

  /** Ends what a killed process left: its server, or its claim on a process id. */
  void clearAfterKill() throws IOException {
    Optional<ProcessHandle> left = runningServer();
    if (left.isPresent()) {
      stop();
      LOG.warnf(
          "The program was killed earlier and its PostgreSQL (process %d) still ran in %s: stopped it.",
          left.get().pid(), folder);
      return;
    }
    Path pidFile = pidFile();
    if (Files.exists(pidFile)) {
      // PostgreSQL refuses to start when any process now has the id. Without the file it would no
      // longer look for surviving workers of the old server, so only the id is made harmless.
      List<String> lines = linesOf(pidFile);
      if (lines.isEmpty()) {
        Files.delete(pidFile); // of a power cut: it names no server
      } else {
        lines.set(0, NO_PROCESS);
        Files.write(pidFile, lines, StandardCharsets.ISO_8859_1);
      }
    }
  }

  /** The server of this very folder, if it runs: ids are reused, after a reboot above all. */
  private Optional<ProcessHandle> runningServer() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    return linesOf(pidFile()).stream()
        .findFirst()
        .filter(line -> line.matches("\\d{1,18}"))
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
        .filter(this::isServer);
  }

  private boolean isServer(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    boolean postgres =
        info.command().map(c -> Path.of(c).toFile().getName().startsWith("postgres")).orElse(false);
    // Windows does not tell arguments
    return postgres
        && info.arguments()
            .map(a -> Stream.of(a).anyMatch(argument -> argument.endsWith(data.toString())))
            .orElse(true);
  }

  /** Whatever is in it: it may be a half of one. */
  private static List<String> linesOf(Path pidFile) throws IOException {
    return Files.readAllLines(pidFile, StandardCharsets.ISO_8859_1);
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
  }

  private void requireVersion() throws IOException {
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(MAJOR_VERSION)) {
      throw new StartupFailure(
          "The database in %s was made by PostgreSQL %s and this program brings PostgreSQL %s. Run the program it was made with, or set DIRECTORY_DATA_DIR to another folder."
              .formatted(folder, version, MAJOR_VERSION));
    }
  }

  /** The first complaint after a position of a log, without its time; else the last line. */
  private static String problem(Path log, long from) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    int start = (int) Math.min(from, bytes.length);
    List<String> lines =
        new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return lines.stream()
        .map(COMPLAINT::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .findFirst()
        .or(() -> lines.stream().reduce((first, second) -> second))
        .orElse("it said nothing");
  }
}
