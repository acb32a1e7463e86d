package fr.digital113.directory.testsupport;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection to the server under test, for requests that no client would send. */
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: ([0-9]+)\r\n");

  private final Socket socket = new Socket();

  /** Opens it. */
  public RawConnection() throws IOException {
    connect();
  }

  /**
   * Opens it.
   *
   * @param receiveBuffer what the system takes while nobody reads
   */
  public RawConnection(int receiveBuffer) throws IOException {
    socket.setReceiveBufferSize(receiveBuffer);
    connect();
  }

  private void connect() throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
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

  /** Sends a GET; {@code more} are lines of its head. */
  public RawConnection get(String path, String version, String... more) throws IOException {
    String head = "GET " + path + " " + version + "\r\nHost: localhost\r\n";
    String lines = more.length == 0 ? "" : String.join("\r\n", more) + "\r\n";
    socket.getOutputStream().write((head + lines + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** The status line and the headers of the next answer. */
  public String head() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("ended within the head: " + head);
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  /** The next answer, which must say how long it is. */
  public String answer() throws IOException {
    String head = head();
    Matcher length = LENGTH.matcher(head);
    if (!length.find()) {
      throw new IOException("of unknown length: " + head);
    }
    byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
    return head + new String(body, StandardCharsets.UTF_8);
  }

  /** Whether all that comes until the connection ends is a complete chunked body. */
  public boolean completes() throws IOException {
    byte[] last = new byte[0];
    byte[] some = new byte[64 * 1024];
    try {
      for (int count; (count = socket.getInputStream().read(some)) >= 0; ) {
        var tail = new ByteArrayOutputStream();
        tail.writeBytes(last);
        tail.write(some, 0, count);
        byte[] all = tail.toByteArray();
        last = java.util.Arrays.copyOfRange(all, Math.max(0, all.length - 5), all.length);
      }
    } catch (SocketException reset) {
      return false;
    }
    return new String(last, StandardCharsets.US_ASCII).equals("0\r\n\r\n");
  }

  /** Leaves as a program that is killed does. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
