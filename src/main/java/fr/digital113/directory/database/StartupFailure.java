package fr.digital113.directory.database;

/**
 * The program cannot start, for a reason that its operator can remove. The message is one line in
 * English that says what is wrong and what to do; no stack trace belongs beside it.
 */
public final class StartupFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartupFailure(String message) {
    super(message, null, false, false);
  }
}
