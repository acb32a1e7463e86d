package fr.digital113.directory.statistics.confidentiality;

/** It could not be shown that nothing is disclosed. Nothing may be published then. */
public final class CannotDecideException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CannotDecideException(String message) {
    super(message);
  }
}
