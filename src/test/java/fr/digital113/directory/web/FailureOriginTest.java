package fr.digital113.directory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Failures of a real connection and of a real disk. */
class FailureOriginTest {

  @Test
  void tellsAReaderThatIsGone() throws IOException {
    Throwable failure = reset();

    assertThat(FailureOrigin.isConnection(failure)).isTrue();
    assertThat(FailureOrigin.isConnection(new IOException("Failed to write", failure))).isTrue();
    assertThat(FailureOrigin.isDisk(failure)).isFalse();
  }

  /** The driver wraps what its own connection says: it is the database that is gone. */
  @Test
  void takesNoFailureOfTheDatabaseForAReader() throws IOException {
    assertThat(FailureOrigin.isConnection(new SQLException("I/O error", reset()))).isFalse();
    assertThat(FailureOrigin.isConnection(new IllegalStateException(reset()))).isFalse();
    assertThat(FailureOrigin.isConnection(new IOException("ours"))).isFalse();
  }

  /** Every write to this device is refused as by a full disk. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void tellsAFullDisk() {
    Throwable full =
        catchThrowable(
            () -> {
              try (FileOutputStream file = new FileOutputStream("/dev/full")) {
                file.write(new byte[1]);
              }
            });

    assertThat(full).isInstanceOf(IOException.class);
    assertThat(FailureOrigin.isDisk(full)).isTrue();
    assertThat(FailureOrigin.isDisk(new IllegalStateException("a form", full))).isTrue();
    assertThat(FailureOrigin.isConnection(full)).isFalse();
  }

  @Test
  void tellsAFolderThatIsNotThere(@TempDir Path folder) {
    Throwable failure =
        catchThrowable(() -> Files.writeString(folder.resolve("missing").resolve("file"), "x"));

    assertThat(FailureOrigin.isDisk(failure)).isTrue();
  }

  private static Throwable reset() throws IOException {
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(anywhere);
        SocketChannel reader = SocketChannel.open(server.getLocalAddress());
        SocketChannel writer = server.accept()) {
      reader.setOption(StandardSocketOptions.SO_LINGER, 0);
      reader.close();
      return catchThrowable(
          () -> {
            while (true) {
              writer.write(ByteBuffer.allocate(1_000_000));
            }
          });
    }
  }
}
