package fr.digital113.directory.web;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Who is one client: an IPv4 address, or the /64 of an IPv6 one, which one line has as a whole. */
public final class ClientAddress {
  /** For what a trusted proxy says and is no address: all of it is one client. */
  public static final String NONE = "address:none";

  private static final int IPV6 = 16;
  private static final int PREFIX = 8;

  private ClientAddress() {}

  /** The name of the client that the address belongs to. Asks no name server. */
  public static String of(@Nullable SocketAddress address) {
    return address == null || address.host() == null ? NONE : of(address.host());
  }

  public static String of(String host) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
    if (bytes == null) {
      return NONE;
    }
    if (bytes.length == IPV6 && isMapped(bytes)) {
      return "address:" + HexFormat.of().formatHex(bytes, IPV6 - 4, IPV6);
    }
    return "address:" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, PREFIX));
  }

  /** Whether it is an IPv4 address as sockets for both kinds write it, ::ffff:192.0.2.1. */
  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
  }
}
