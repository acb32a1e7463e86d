package fr.digital113.directory.web;

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

/** A connection to the program, to see what no client library shows. */
final class RawConnection implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: ([0-9]+)\r\n");

  private final Socket socket = new Socket();

  RawConnection() throws IOException {
    this(64 * 1024);
  }

  /**
   * @param receiveBuffer what the system takes while nobody reads
   */
  RawConnection(int receiveBuffer) throws IOException {
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(120_000);
    socket.connect(new InetSocketAddress("localhost", RestAssured.port));
  }

  /** Sends a GET; {@code more} are lines of its head. */
  RawConnection get(String path, String version, String... more) throws IOException {
    String head = "GET " + path + " " + version + "\r\nHost: localhost\r\n";
    String lines = more.length == 0 ? "" : String.join("\r\n", more) + "\r\n";
    socket.getOutputStream().write((head + lines + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** The status line and the headers of the next answer. */
  String head() throws IOException {
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
  String answer() throws IOException {
    String head = head();
    Matcher length = LENGTH.matcher(head);
    if (!length.find()) {
      throw new IOException("of unknown length: " + head);
    }
    byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
    return head + new String(body, StandardCharsets.UTF_8);
  }

  /** Whether all that comes until the connection ends is a complete chunked body. */
  boolean completes() throws IOException {
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
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
