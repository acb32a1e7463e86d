package fr.digital113.directory;

import static java.util.stream.Collectors.joining;

import fr.digital113.directory.database.LoopbackPort;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An HAProxy on the loopback interface before programs; it asks each whether it is ready. */
final class Balancer implements AutoCloseable {
  private static final String SETTINGS =
      """
      defaults
        mode http
        timeout connect 1s
        timeout client 60s
        timeout server 60s
        timeout check 5s
      frontend clients
        bind 127.0.0.1:%d
        http-request del-header Upgrade
        default_backend programs
      backend programs
        balance roundrobin
        option httpchk
        http-check send meth GET uri /q/health/ready ver HTTP/1.1 hdr Host directory
        default-server check inter 500ms fall 2 rise 2
      %s
      """;

  private final int port = LoopbackPort.free();
  private final Process process;

  Balancer(Path folder, List<Program> programs) throws Exception {
    Path file = Files.createTempFile(folder, "haproxy", ".cfg");
    Files.writeString(
        file,
        SETTINGS.formatted(
            port,
            programs.stream()
                .map(each -> "  server at-%1$s 127.0.0.1:%1$s".formatted(each.port()))
                .collect(joining("\n"))));
    process =
        new ProcessBuilder("haproxy", "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.log").toFile())
            .start();
    Visitor clients = new Visitor(root(), null);
    Visitor.await(
        () -> {
          try {
            return clients.get("/q/health/ready").statusCode() == 200;
          } catch (ConnectException notYet) {
            return false;
          }
        },
        60);
  }

  String root() {
    return "http://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
