package fr.digital113.directory.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error (RFC 9457), with an {@code errors} member when several things are wrong.
 */
@JsonInclude(Include.NON_EMPTY)
record ProblemBody(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    @Nullable String requestId,
    List<ErrorBody> errors) {

  /** One thing that is wrong: where, as a parameter or a pointer; a stable code; for people. */
  @JsonInclude(Include.NON_NULL)
  record ErrorBody(
      @Nullable String parameter, @Nullable String pointer, String code, String message) {}

  /** Tells a problem; it is counted. */
  static ProblemBody of(
      ProblemException problem,
      @Nullable String instance,
      @Nullable String requestId,
      Language language) {
    ProblemCounts.count(problem.type());
    return new ProblemBody(
        problem.type().uri(),
        problem.type().title().in(language),
        problem.type().status(),
        problem.detail().in(language),
        instance == null ? null : SecretPaths.hidden(instance),
        requestId,
        problem.errors().stream()
            .map(
                error ->
                    new ErrorBody(
                        error.parameter(),
                        error.pointer(),
                        error.code(),
                        error.message().in(language)))
            .toList());
  }
}
