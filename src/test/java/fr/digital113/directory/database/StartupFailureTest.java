package fr.digital113.directory.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StartupFailureTest {
  static Arguments[] failures() {
    return new Arguments[] {
      Arguments.of(new AccessDeniedException("/data"), "permission denied"),
      Arguments.of(new NoSuchFileException("/data/key"), "/data/key is missing"),
      Arguments.of(
          new UncheckedIOException(
              new FileSystemException("/data", null, "No space left on device")),
          "No space left on device"),
      Arguments.of(
          new SQLException("The connection attempt failed.", new UnknownHostException("db")),
          "unknown host"),
      Arguments.of(
          new ConnectionException(
              new SQLException("Connection to db:5432 refused.", new ConnectException("refused"))),
          "refused"),
      // Of two that are both of files, the outer says more
      Arguments.of(
          new IOException("Cannot run program \"initdb\": error=13", new IOException("error=13")),
          "Cannot run program \"initdb\": error=13"),
      // What says nothing says less than what it is wrapped in
      Arguments.of(
          new SQLException("An I/O error occurred.\n  Position: 1", new EOFException()),
          "An I/O error occurred."),
      Arguments.of(new EOFException(), "EOFException"),
    };
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhyInOneLine(Throwable failure, String reason) {
    assertThat(StartupFailure.reason(failure)).isEqualTo(reason);
  }
}
