package fr.digital113.directory.web;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What failed to write, by where the runtime threw it. What merely called it does not count: all
 * that runs on an event loop is called from there.
 */
final class FailureOrigin {
  private static final List<String> CONNECTIONS =
      List.of("io.netty.channel.", "sun.nio.ch.SocketChannelImpl");
  private static final List<String> FILES =
      List.of("java.io.FileOutputStream", "sun.nio.ch.FileChannelImpl");

  /** Below both of them: a connection may be written as a file is. */
  private static final Pattern SYSTEM_CALL =
      Pattern.compile("sun\\.nio\\.ch\\.(IOUtil|\\w*Dispatcher\\w*)");

  private FailureOrigin() {}

  /**
   * Whether the connection of the reader says that it is gone. The server may learn it a moment
   * later than the writer, whose failure then is all there is to tell it by.
   */
  static boolean isConnection(Throwable failure) {
    for (Throwable each = failure; each instanceof IOException; each = each.getCause()) {
      if (each instanceof ClosedChannelException || isThrownBy(each, CONNECTIONS)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a disk is full, or does not take a file for another reason. */
  static boolean isDisk(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof FileSystemException
          || each instanceof IOException && isThrownBy(each, FILES)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isThrownBy(Throwable failure, List<String> classes) {
    return Arrays.stream(failure.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> !SYSTEM_CALL.matcher(name).matches())
        .findFirst()
        .filter(name -> classes.stream().anyMatch(name::startsWith))
        .isPresent();
  }
}
