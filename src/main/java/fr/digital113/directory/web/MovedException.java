package fr.digital113.directory.web;

/** Ends a request for an item by a former name of it; answered by a redirection. */
public final class MovedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String former;
  private final String current;
  private final transient Version version;

  /**
   * @param version that says so
   */
  public MovedException(String former, String current, Version version) {
    super(former + " is now " + current, null, false, false);
    this.former = former;
    this.current = current;
    this.version = version;
  }

  Version version() {
    return version;
  }

  /** The name in the path, as it was asked for. */
  public String former() {
    return former;
  }

  /** The name of today. */
  public String current() {
    return current;
  }
}
