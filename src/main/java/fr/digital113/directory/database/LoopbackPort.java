package fr.digital113.directory.database;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A port of the loopback address, for a server that is about to be started. */
public final class LoopbackPort {
  /**
   * Outside of the ports that systems give to whoever asks for any, unless they were told to: so
   * nobody takes one between the look and the start.
   */
  private static final int FIRST = 20_000;

  private static final int COUNT = 12_000;
  private static final int ATTEMPTS = 20;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private LoopbackPort() {}

  /**
   * A port on which nobody listens, another one at each call.
   *
   * @throws IOException where none of many is free
   */
  public static int free() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        if (attempt == ATTEMPTS) {
          throw taken;
        }
      }
    }
  }
}
