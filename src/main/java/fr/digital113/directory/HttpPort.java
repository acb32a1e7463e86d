package fr.digital113.directory;

import fr.digital113.directory.database.StartupFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether the program will be able to listen. */
final class HttpPort {
  private HttpPort() {}

  /**
   * Tries the address for a moment.
   *
   * @param port 0 for any free one
   * @param setting the beginning of the variables that set it
   * @return the port
   */
  static int requireFree(String host, int port, String setting) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the HTTP server does: a connection just closed is no claim
      socket.bind(new InetSocketAddress(host, port));
      return socket.getLocalPort();
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupFailure(
          "Port %1$d of %2$s is taken or not allowed (%3$s). Stop the program that has it, or choose another with %4$s_PORT and %4$s_HOST."
              .formatted(port, host, e.getMessage(), setting));
    }
  }
}
