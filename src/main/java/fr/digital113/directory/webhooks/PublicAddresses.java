package fr.digital113.directory.webhooks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Which addresses are those of the public Internet, by the registries of IANA. */
final class PublicAddresses {
  /** All else of IPv4 is public. */
  private static final List<Range> SPECIAL_IPV4 =
      ranges(
          "0.0.0.0/8", // this network, unspecified
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carriers' NAT
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, and the metadata of clouds
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // relays of 6to4
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, broadcast

  /** What of IPv6 is given out. Mapped, compatible, NAT64, local and multicast ones are outside. */
  private static final Range IPV6 = range("2000::/3");

  private static final List<Range> SPECIAL_IPV6 =
      ranges(
          "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which hides an IPv4 address
          "3fff::/20"); // documentation

  private PublicAddresses() {}

  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record Range(byte[] start, int bits) {
    boolean has(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((start[bit / 8] & mask) != (address[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Whether an address can be somebody's server on the Internet. */
  static boolean has(InetAddress address) {
    byte[] bytes = address.getAddress(); // a mapped address is an IPv4 address to Java already
    return address instanceof Inet4Address
        ? SPECIAL_IPV4.stream().noneMatch(each -> each.has(bytes))
        : IPV6.has(bytes) && SPECIAL_IPV6.stream().noneMatch(each -> each.has(bytes));
  }

  private static List<Range> ranges(String... texts) {
    return List.of(texts).stream().map(PublicAddresses::range).toList();
  }

  private static Range range(String text) {
    int slash = text.indexOf('/');
    try {
      byte[] start = InetAddress.getByName(text.substring(0, slash)).getAddress();
      return new Range(start, Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(text, impossible);
    }
  }
}
