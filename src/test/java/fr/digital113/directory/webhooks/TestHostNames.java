package fr.digital113.directory.webhooks;

import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows the names that a test gives addresses to, and no other; nothing outside is asked. */
@Mock
@ApplicationScoped
class TestHostNames extends HostNames {
  private static final Map<String, List<String>> KNOWN = new ConcurrentHashMap<>();

  static void set(String host, String... addresses) {
    KNOWN.put(host, List.of(addresses));
  }

  @Override
  List<InetAddress> addresses(String host) throws UnknownHostException {
    if (host.equals("127.0.0.1") || host.equals("[::1]")) {
      return super.addresses(host);
    }
    List<String> known = KNOWN.get(host);
    if (known == null) {
      throw new UnknownHostException(host);
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (String each : known) {
      addresses.add(InetAddress.getByName(each));
    }
    return addresses;
  }
}
