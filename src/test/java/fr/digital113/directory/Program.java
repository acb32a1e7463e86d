package fr.digital113.directory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.database.LoopbackPort;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packaged program as a process of its own, with nothing but the variables it is given. */
final class Program {
  private static final String LAST_LINE_OF_THE_BANNER = "Admin key";

  private final Path errors;
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();
  private final StringBuilder output = new StringBuilder();
  private @Nullable Process process;

  Program(Path folder) throws IOException {
    this.errors = Files.createTempFile(folder, "errors", ".txt");
    with("QUARKUS_HTTP_PORT", String.valueOf(LoopbackPort.free()));
    with("QUARKUS_HTTP_HOST", "127.0.0.1");
    with("DIRECTORY_LIMITS_REQUESTS_PER_MINUTE", "1000000");
    with("DIRECTORY_LIMITS_ADMIN_REQUESTS_PER_MINUTE", "1000000");
  }

  Program with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** Gives it arguments, instead of those that it had. */
  Program asked(String... words) {
    arguments.clear();
    arguments.addAll(List.of(words));
    return this;
  }

  /** Runs it to its end, which must be good, and answers what it said. */
  String ends() throws Exception {
    BufferedReader lines = launch();
    lines.lines().forEach(line -> output.append(line).append('\n'));
    assertThat(running().waitFor()).as("%s%s", output, errors()).isEqualTo(0);
    assertThat(errors()).isEmpty();
    return output();
  }

  /** Starts it and waits until it says that it is there. */
  Program start() throws IOException {
    return startUntil(LAST_LINE_OF_THE_BANNER);
  }

  /** Starts it and waits until it has said something. */
  Program startUntil(String said) throws IOException {
    launch();
    return await(said);
  }

  /** Waits until it says that it is there. */
  Program awaitStart() throws IOException {
    return await(LAST_LINE_OF_THE_BANNER);
  }

  private Program await(String said) throws IOException {
    BufferedReader lines = running().inputReader();
    while (!output.toString().contains(said)) {
      String line = lines.readLine();
      assertThat(line).as("the program ended: %s%s", output, errors()).isNotNull();
      output.append(line).append('\n');
    }
    return this;
  }

  /** Lets its log go to a file from now on: who fills the pipe has to wait for a reader. */
  Program logTo(Path file) {
    BufferedReader lines = running().inputReader();
    Thread copying =
        new Thread(
            () -> {
              try (BufferedWriter log =
                  Files.newBufferedWriter(
                      file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  log.write(line + "\n");
                  log.flush();
                }
              } catch (IOException ended) {
                // killed
              }
            });
    copying.setDaemon(true);
    copying.start();
    return this;
  }

  /** Runs it to its end, which must be a failure told in one line, and answers the line. */
  String fails() throws Exception {
    BufferedReader lines = launch();
    lines.lines().forEach(line -> output.append(line).append('\n'));
    assertThat(running().waitFor()).isEqualTo(1);
    assertThat(output.toString()).isEmpty();
    assertThat(errors().lines()).hasSize(1);
    return errors().strip();
  }

  /** Ends it without a warning, if it runs. */
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Asks it to end, and answers its exit code. */
  int terminate() throws Exception {
    Process ending = running();
    ending.toHandle().destroy(); // Process.destroy would close the output as well
    ending.inputReader().lines().forEach(line -> output.append(line).append('\n'));
    return ending.waitFor();
  }

  String output() {
    return output.toString();
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  String port() {
    return requireNonNull(variables.get("QUARKUS_HTTP_PORT"));
  }

  long pid() {
    return running().pid();
  }

  private BufferedReader launch() throws IOException {
    output.setLength(0);
    ProcessBuilder builder =
        new ProcessBuilder(
            new ArrayList<>(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    "target/quarkus-app/quarkus-run.jar")));
    builder.command().addAll(arguments);
    builder.environment().keySet().removeIf(name -> name.matches("(QUARKUS|DIRECTORY)_.*"));
    builder.environment().putAll(variables);
    builder.redirectError(errors.toFile());
    process = builder.start();
    return process.inputReader();
  }

  private Process running() {
    return requireNonNull(process);
  }
}
