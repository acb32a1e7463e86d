package fr.digital113.directory.web;

import java.util.List;

/** Ends a request with a problem; {@link ProblemMappers} turns it into the answer. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient Text detail;
  private final transient List<FieldError> errors;

  /**
   * One thing that is wrong in a request. {@code code} is stable, for instance {@code
   * unknown_value}.
   */
  public record FieldError(String parameter, String code, Text message) {}

  public ProblemException(ProblemType type, Text detail) {
    this(type, detail, List.of());
  }

  public ProblemException(ProblemType type, Text detail, List<FieldError> errors) {
    super(type.slug() + ": " + detail.en(), null, false, false);
    this.type = type;
    this.detail = detail;
    this.errors = List.copyOf(errors);
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
}
