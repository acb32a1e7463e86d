package fr.digital113.directory;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of traces: takes spans by OTLP over HTTP (protobuf), and keeps them. */
final class Spans implements AutoCloseable {
  // Of opentelemetry/proto/trace/v1/trace.proto
  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;
  private static final int TRACE = 1;
  private static final int SPAN = 2;
  private static final int PARENT = 4;
  private static final int NAME = 5;
  private static final int ATTRIBUTES = 9;

  private final HttpServer server;
  private final List<Span> received = new CopyOnWriteArrayList<>();

  /** Ids in hexadecimal; attributes that are texts. */
  record Span(
      String trace, String id, String parent, String name, Map<String, String> attributes) {}

  Spans() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          byte[] sent = exchange.getRequestBody().readAllBytes();
          fields(sent, RESOURCE_SPANS)
              .forEach(
                  resource ->
                      fields(resource, SCOPE_SPANS)
                          .forEach(
                              scope ->
                                  fields(scope, SPANS).forEach(each -> received.add(read(each)))));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Span> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static Span read(byte[] span) {
    Map<String, String> attributes = new TreeMap<>();
    for (byte[] each : fields(span, ATTRIBUTES)) {
      for (byte[] value : fields(each, 2)) {
        fields(value, 1).forEach(text -> attributes.put(text(fields(each, 1).get(0)), text(text)));
      }
    }
    return new Span(
        hex(span, TRACE),
        hex(span, SPAN),
        hex(span, PARENT),
        text(fields(span, NAME).get(0)),
        attributes);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String hex(byte[] message, int field) {
    return fields(message, field).stream().findFirst().map(HexFormat.of()::formatHex).orElse("");
  }

  /** The fields of a number that have a length: texts, bytes, messages. */
  private static List<byte[]> fields(byte[] message, int number) {
    List<byte[]> found = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (rest.hasRemaining()) {
      long key = varint(rest);
      switch ((int) (key & 7)) {
        case 0 -> varint(rest);
        case 1 -> rest.getLong();
        case 5 -> rest.getInt();
        case 2 -> {
          byte[] value = new byte[(int) varint(rest)];
          rest.get(value);
          if (key >>> 3 == number) {
            found.add(value);
          }
        }
        default -> throw new IllegalArgumentException("no protobuf: " + key);
      }
    }
    return found;
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = from.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
