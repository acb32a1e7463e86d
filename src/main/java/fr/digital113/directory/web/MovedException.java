package fr.digital113.directory.web;

/** Ends a request for an item by a former name of it; answered by a redirection. */
public final class MovedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String former;
  private final String current;

  public MovedException(String former, String current) {
    super(former + " is now " + current, null, false, false);
    this.former = former;
    this.current = current;
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
