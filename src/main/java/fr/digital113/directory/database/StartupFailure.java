package fr.digital113.directory.database;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The program cannot start, for a reason that its operator can remove. The message is one line in
 * English that says what is wrong and what to do; no stack trace belongs beside it.
 */
public class StartupFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartupFailure(String message) {
    super(message, null, false, false);
  }

  /**
   * What something failed for, in one line, for instance "permission denied": the words of the
   * first cause that is of files, of the network or of PostgreSQL.
   */
  public static String reason(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    if (!(failure instanceof IOException)
        && (cause instanceof IOException || cause instanceof SQLException)
        && cause.getMessage() != null) {
      return reason(cause);
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "there is a file of that name";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " is missing";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    if (failure instanceof UnknownHostException) {
      return "unknown host";
    }
    return Objects.toString(failure.getMessage(), failure.getClass().getSimpleName())
        .lines()
        .findFirst()
        .orElse("");
  }
}
