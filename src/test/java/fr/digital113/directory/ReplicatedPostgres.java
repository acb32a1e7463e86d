package fr.digital113.directory;

import fr.digital113.directory.database.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * A PostgreSQL of the system with a synchronous hot standby, and a PgBouncer in transaction mode
 * before the primary, all on the loopback interface. None of them runs as root.
 */
final class ReplicatedPostgres implements AutoCloseable {
  private static final String BOUNCER =
      """
      [databases]
      directory = host=127.0.0.1 port=%d
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = %d
      unix_socket_dir =
      auth_type = trust
      auth_file = %s
      pool_mode = transaction
      default_pool_size = 12
      server_login_retry = 1
      ignore_startup_parameters = extra_float_digits
      pidfile = %s
      logfile = %s
      """;

  private final Path folder;
  private final Path programs;
  private final int primaryPort = LoopbackPort.free();
  private final int standbyPort = LoopbackPort.free();
  private final int bouncerPort = LoopbackPort.free();
  private final List<ProcessHandle> started = new ArrayList<>();

  ReplicatedPostgres() throws Exception {
    folder = Files.createTempDirectory("directory-replicated");
    Runtime.getRuntime().addShutdownHook(new Thread(this::endAll)); // they are no children of this
    programs = newest(Path.of("/usr/lib/postgresql"));
    if (isRoot()) {
      run("chown", "postgres", folder.toString());
    }
    server("initdb", "-D", data("primary"), "-U", "postgres", "-A", "trust", "--no-sync");
    configure("primary", primaryPort);
    begin("primary");
    Jdbi postgres = jdbi(primaryPort, "postgres", "postgres");
    postgres.useHandle(
        database -> {
          database.execute("create role directory login");
          database.execute("create database directory owner directory");
        });
    server(
        "pg_basebackup",
        "-h",
        "127.0.0.1",
        "-p",
        String.valueOf(primaryPort),
        "-U",
        "postgres",
        "-D",
        data("standby"),
        "-R");
    configure("standby", standbyPort);
    begin("standby");
    postgres.useHandle(
        database -> {
          database.execute("alter system set synchronous_standby_names = '*'");
          database.execute("select pg_reload_conf()");
        });
    Visitor.await(
        () ->
            postgres.withHandle(
                database ->
                    database
                        .createQuery(
                            "select count(*) = 1 from pg_stat_replication where sync_state = 'sync'")
                        .mapTo(Boolean.class)
                        .one()),
        30);
    pointBouncerAt(primaryPort);
    asServer("/usr/sbin/pgbouncer", "-d", folder.resolve("bouncer.ini").toString());
    remember(folder.resolve("bouncer.pid"));
  }

  /** Through PgBouncer. */
  String pooledUrl() {
    return url(String.valueOf(bouncerPort)) + "?prepareThreshold=0";
  }

  /** To whichever is the primary. */
  String directUrl() {
    return url(primaryPort + ",127.0.0.1:" + standbyPort) + "?targetServerType=primary";
  }

  String standbyUrl() {
    return url(String.valueOf(standbyPort));
  }

  Jdbi pooled() {
    return Jdbi.create(pooledUrl(), "directory", "");
  }

  Jdbi primary() {
    return jdbi(primaryPort, "directory", "postgres");
  }

  Jdbi standby() {
    return jdbi(standbyPort, "directory", "postgres");
  }

  /** Ends the primary and all its processes at once. */
  void killPrimary() throws IOException {
    ProcessHandle postmaster = processOf(folder.resolve("primary/postmaster.pid"));
    List<ProcessHandle> children = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Makes the standby the primary, and lets PgBouncer lead to it. */
  void promote() throws Exception {
    server("pg_ctl", "promote", "-w", "-D", data("standby"));
    pointBouncerAt(standbyPort);
    run("kill", "-HUP", String.valueOf(processOf(folder.resolve("bouncer.pid")).pid()));
  }

  @Override
  public void close() throws Exception {
    endAll();
    for (ProcessHandle process : started) {
      process.onExit().get(30, TimeUnit.SECONDS);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private void endAll() {
    for (ProcessHandle process : started) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private void configure(String name, int port) throws Exception {
    Path file = folder.resolve(name).resolve("postgresql.conf");
    Files.writeString(
        file,
        Files.readString(file)
            + """
            port = %d
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            hot_standby_feedback = on
            max_connections = 200
            """
                .formatted(port));
  }

  private void begin(String name) throws Exception {
    server(
        "pg_ctl", "start", "-w", "-D", data(name), "-l", folder.resolve(name + ".log").toString());
    remember(folder.resolve(name).resolve("postmaster.pid"));
  }

  private void pointBouncerAt(int port) throws IOException {
    Path users = folder.resolve("users.txt");
    Files.writeString(users, "\"directory\" \"\"\n");
    Files.writeString(
        folder.resolve("bouncer.ini"),
        BOUNCER.formatted(
            port,
            bouncerPort,
            users,
            folder.resolve("bouncer.pid"),
            folder.resolve("bouncer.log")));
  }

  private void remember(Path pidFile) throws Exception {
    Visitor.await(() -> Files.exists(pidFile) && Files.size(pidFile) > 0, 10);
    started.add(processOf(pidFile));
  }

  private static ProcessHandle processOf(Path pidFile) throws IOException {
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private String data(String name) {
    return folder.resolve(name).toString();
  }

  private static String url(String port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/directory";
  }

  private static Jdbi jdbi(int port, String database, String user) {
    return Jdbi.create("jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, "");
  }

  private void server(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.add(0, programs.resolve(program).toString());
    asServer(command.toArray(String[]::new));
  }

  /** As the user postgres when this runs as root, which PostgreSQL refuses. */
  private void asServer(String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    if (isRoot()) {
      all.addAll(0, List.of("runuser", "-u", "postgres", "--"));
    }
    run(all.toArray(String[]::new));
  }

  private void run(String... command) throws Exception {
    Path said = folder.resolve("command.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + Files.readString(said));
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static Path newest(Path versions) throws IOException {
    try (Stream<Path> each = Files.list(versions)) {
      return each.max(
              Comparator.comparingInt(path -> Integer.parseInt(path.getFileName().toString())))
          .orElseThrow()
          .resolve("bin");
    }
  }
}
