package fr.digital113.directory.testsupport;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection to the server under test, for requests that no client would send. */
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;

  /** Opens it. */
  public RawConnection() throws IOException {
    this.socket = new Socket("127.0.0.1", RestAssured.port);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Sends a request and answers all that comes back until the server ends the connection. */
  public static String exchange(String request) throws IOException {
    try (RawConnection connection = new RawConnection()) {
      connection.send(request);
      return connection.rest();
    }
  }

  /**
   * Sends text as it is, with each line ended as HTTP asks. What the server no longer takes is
   * lost: tests look at what it answers.
   */
  public void send(String text) {
    try {
      socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    } catch (IOException ended) {
      // see above
    }
  }

  /** Sends a part of a body in chunks. */
  public void sendChunk(String text) {
    int length = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8).length;
    send(Integer.toHexString(length) + "\n" + text + "\n");
  }

  /** Sends bytes one by one, with a pause after each, until the server has had enough. */
  public void drip(int most, long pauseMillis) throws InterruptedException {
    try {
      for (int i = 0; i < most; i++) {
        socket.getOutputStream().write('x');
        socket.getOutputStream().flush();
        Thread.sleep(pauseMillis);
      }
    } catch (IOException ended) {
      // which is what the caller waits for
    }
  }

  /** All that comes until the server ends the connection. */
  public String rest() throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        received.write(next);
      }
    } catch (SocketException reset) {
      // an end as well
    }
    return received.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
