package fr.digital113.directory.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem; {@link ProblemMappers} turns it into the answer. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient Text detail;
  private final transient List<FieldError> errors;
  private final transient List<Header> headers;

  /**
   * One thing that is wrong in a request.
   *
   * @param parameter the query parameter or form field; null for a place in the body
   * @param pointer the place in the body (RFC 6901); null for a parameter
   * @param code stable, for instance {@code unknown_value}
   */
  public record FieldError(
      @Nullable String parameter, @Nullable String pointer, String code, Text message) {

    public FieldError(String parameter, String code, Text message) {
      this(parameter, null, code, message);
    }

    /** An error at a place in the body. */
    public static FieldError at(String pointer, String code, Text message) {
      return new FieldError(null, pointer, code, message);
    }
  }

  /** A header that the answer has besides those of every problem. */
  public record Header(String name, String value) {}

  public ProblemException(ProblemType type, Text detail) {
    this(type, detail, List.of());
  }

  public ProblemException(ProblemType type, Text detail, List<FieldError> errors) {
    this(type, detail, errors, List.of());
  }

  public ProblemException(
      ProblemType type, Text detail, List<FieldError> errors, List<Header> headers) {
    super(type.slug() + ": " + detail.en(), null, false, false);
    this.type = type;
    this.detail = detail;
    this.errors = List.copyOf(errors);
    this.headers = List.copyOf(headers);
  }

  /** The disk does not take a file. */
  public static ProblemException storageUnavailable() {
    return new ProblemException(
        ProblemType.STORAGE_UNAVAILABLE,
        new Text(
            "Le fichier n'a pas pu être stocké : le disque du serveur est plein ou protégé.",
            "The file could not be stored: the server's disk is full or protected."));
  }

  public ProblemType type() {
    return type;
  }

  public Text detail() {
    return detail;
  }

  public List<FieldError> errors() {
    return errors;
  }

  public List<Header> headers() {
    return headers;
  }
}
