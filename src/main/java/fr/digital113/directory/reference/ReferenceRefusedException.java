package fr.digital113.directory.reference;

/**
 * Reference files that cannot be loaded; the database is as it was. The message says what to mend.
 */
class ReferenceRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReferenceRefusedException(String message) {
    super(message);
  }

  ReferenceRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
