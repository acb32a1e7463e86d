package fr.digital113.directory.webhooks;

import fr.digital113.directory.values.BadValueException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Which servers may be sent to. Whoever names a server could name one of the operator's own
 * network: so only names are taken, they are resolved here, every address must be public, and the
 * connection goes to the address that was looked at.
 */
@Singleton
class Receivers {
  private static final int LONGEST = 2_000;
  private static final int HTTPS_PORT = 443;
  private static final int FIRST_FREE_PORT = 1_024;
  private static final int LAST_PORT = 65_535;
  private static final int PATIENCE_SECONDS = 5;

  /** More than the threads that deliver, as names that do not answer hold theirs for longer. */
  private static final int MOST_RESOLVED_AT_ONCE = 64;

  /** What some program somewhere takes for a number; no name of the Internet ends like this. */
  private static final Pattern NUMERIC =
      Pattern.compile("\\[.*]|(.*\\.)?(0[xX][0-9a-fA-F]*|[0-9]+)\\.?");

  private final HostNames names;
  private final boolean allowLoopback;

  /** Names are resolved apart, as that has no time limit of its own. */
  private final ExecutorService resolving =
      new ThreadPoolExecutor(
          0,
          MOST_RESOLVED_AT_ONCE,
          30,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "webhook-names");
            thread.setDaemon(true);
            return thread;
          });

  Receivers(HostNames names, WebhookSettings settings) {
    this.names = names;
    this.allowLoopback = settings.allowLoopback();
  }

  @PreDestroy
  void stop() {
    resolving.shutdownNow();
  }

  /**
   * A server that may be sent to.
   *
   * @param uri with its name
   * @param address that was looked at, and that the connection goes to
   */
  record Receiver(URI uri, InetAddress address) {
    boolean isSecure() {
      return uri.getScheme().equals("https");
    }

    int port() {
      return uri.getPort() >= 0 ? uri.getPort() : isSecure() ? HTTPS_PORT : 80;
    }
  }

  /**
   * Looks at an address, and asks where it leads now.
   *
   * @throws BadValueException when nothing may be sent there
   */
  Receiver of(String url) throws BadValueException {
    URI uri = parsed(url);
    List<InetAddress> addresses = resolved(uri.getHost());
    boolean here = allowLoopback && addresses.stream().allMatch(InetAddress::isLoopbackAddress);
    if (!here) {
      requirePublic(uri, addresses);
    }
    return new Receiver(uri, addresses.get(0));
  }

  private URI parsed(String url) throws BadValueException {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException malformed) {
      throw invalid();
    }
    String authority = uri.getRawAuthority();
    if (authority == null
        || uri.getRawFragment() != null
        || url.length() > LONGEST
        || !url.chars().allMatch(each -> each > ' ' && each < 0x7f)
        || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
      throw invalid();
    }
    if (authority.indexOf('@') >= 0) {
      throw new BadValueException(
          "user_info_refused",
          "L'adresse ne doit contenir ni nom d'utilisateur ni mot de passe.",
          "The address must hold no user name or password.");
    }
    String host = authority.replaceFirst(":[0-9]*$", "");
    if (NUMERIC.matcher(host).matches() && !(allowLoopback && isLoopback(host))) {
      throw new BadValueException(
          "address_refused",
          "Un nom d'hôte est attendu, pas une adresse IP.",
          "The name of a host is expected, not an IP address.");
    }
    if (uri.getHost() == null || uri.getPort() > LAST_PORT || uri.getPort() == 0) {
      throw invalid();
    }
    return uri;
  }

  private static boolean isLoopback(String literal) {
    return literal.equals("127.0.0.1") || literal.equals("[::1]");
  }

  private List<InetAddress> resolved(String host) throws BadValueException {
    Future<List<InetAddress>> answer = null;
    try {
      answer = resolving.submit(() -> names.addresses(host));
      List<InetAddress> addresses = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!addresses.isEmpty()) {
        return addresses;
      }
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof UnknownHostException)) {
        throw new IllegalStateException(failure);
      }
    } catch (RejectedExecutionException | TimeoutException tooSlow) {
      if (answer != null) {
        answer.cancel(true);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    throw new BadValueException(
        "unknown_host", "Cet hôte n'a pas d'adresse.", "This host has no address.");
  }

  private static void requirePublic(URI uri, List<InetAddress> addresses) throws BadValueException {
    if (!addresses.stream().allMatch(PublicAddresses::has)) {
      throw new BadValueException(
          "address_refused",
          "Cet hôte n'est pas, ou pas seulement, sur l'Internet public.",
          "This host is not, or not only, on the public Internet.");
    }
    if (!uri.getScheme().equals("https")) {
      throw new BadValueException(
          "https_required",
          "L'adresse doit commencer par https://.",
          "It must begin with https://.");
    }
    if (uri.getPort() >= 0 && uri.getPort() != HTTPS_PORT && uri.getPort() < FIRST_FREE_PORT) {
      throw new BadValueException(
          "port_refused",
          "Le port doit être 443, ou au moins 1024.",
          "The port must be 443, or at least 1024.");
    }
  }

  private static BadValueException invalid() {
    return new BadValueException(
        "invalid_url",
        "Une adresse est attendue, comme https://www.example.org/webhook, en ASCII.",
        "An address is expected, such as https://www.example.org/webhook, in ASCII.");
  }
}
