package fr.digital113.directory.web;

import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Turns whatever ends a request early into one problem document. Internals stay in the log. */
class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");
  private static final int RETRY_SECONDS = 5;
  private static final Set<String> AWAY = Set.of("08", "53", "57P", "58");
  private static final String FORM_PARSER = "org.jboss.resteasy.reactive.server.core.multipart.";

  static final Text NOTHING_HERE =
      new Text(
          "Il n'y a rien à cette adresse. Le point d'entrée est /v1.",
          "There is nothing at this address. The entry point is /v1.");

  static final Text NO_FORMAT =
      new Text(
          "Aucun des formats demandés par Accept n'existe à cette adresse.",
          "None of the formats that Accept asks for exists at this address.");

  private final ResourceMethods methods;
  private final Exchange exchange;

  ProblemMappers(ResourceMethods methods, Exchange exchange) {
    this.methods = methods;
    this.exchange = exchange;
  }

  @ServerExceptionMapper
  Response problem(ProblemException problem, ContainerRequestContext request) {
    return answer(problem, request);
  }

  /** To the same address with the name of today; kept as any answer to who asks. */
  @ServerExceptionMapper
  Response moved(MovedException moved, ContainerRequestContext request) {
    return exchange.keep(
        Redirects.to(moved, request.getUriInfo(), exchange.caching()), moved.version());
  }

  @ServerExceptionMapper
  Response web(WebApplicationException failure, ContainerRequestContext request) {
    Response original = failure.getResponse();
    ProblemType type = typeOf(original.getStatus());
    if (type == null) {
      LOG.error("A request failed", failure);
      type = ProblemType.INTERNAL_ERROR;
    }
    if (type == ProblemType.NOT_FOUND && takesOtherMethods(request)) {
      type = ProblemType.METHOD_NOT_ALLOWED;
    }
    return answer(new ProblemException(type, detail(type, request)), request);
  }

  /** The framework looks for the method first, and finds nothing where a path has it not. */
  private boolean takesOtherMethods(ContainerRequestContext request) {
    Set<String> taken = methods.at(request.getUriInfo().getRequestUri().getPath());
    return !taken.isEmpty() && !taken.contains(request.getMethod());
  }

  @ServerExceptionMapper
  Response database(JdbiException failure, ContainerRequestContext request) {
    return failure.getCause() instanceof SQLException sql && isAway(sql)
        ? away(sql, request)
        : other(failure, request);
  }

  @ServerExceptionMapper
  Response database(SQLException failure, ContainerRequestContext request) {
    return isAway(failure) ? away(failure, request) : other(failure, request);
  }

  @ServerExceptionMapper
  Response other(Throwable failure, ContainerRequestContext request) {
    if (FailureOrigin.isDisk(failure)) { // before the next: it may be a form that could not be kept
      LOG.errorf(failure, "A file of %s could not be written", rawPath(request));
      return answer(ProblemException.storageUnavailable(), request);
    }
    if (isBrokenForm(failure)) {
      return answer(
          new ProblemException(
              ProblemType.MALFORMED_REQUEST,
              new Text(
                  "Le formulaire (multipart/form-data) est incomplet, mal formé ou a trop de parties.",
                  "The form (multipart/form-data) is incomplete, malformed or has too many parts.")),
          request);
    }
    if (hasLeft(failure)) {
      LOG.debugf("The reader of %s has left", rawPath(request));
      return Response.serverError().build(); // for nobody
    }
    if (failure instanceof CutOffException) {
      LOG.debugf("%s %s was cut off", request.getMethod(), rawPath(request)); // logged already
    } else {
      LOG.errorf(failure, "%s %s failed", request.getMethod(), rawPath(request));
    }
    return answer(
        new ProblemException(
            ProblemType.INTERNAL_ERROR,
            new Text(
                "La requête n'a pas pu être traitée ; l'incident est consigné.",
                "The request could not be handled; the failure has been logged.")),
        request);
  }

  /** Whether it could not be written because who asked is gone: no failure of ours. */
  private boolean hasLeft(Throwable failure) {
    return failure instanceof HttpClosedException
        || FailureOrigin.isConnection(failure)
        || failure instanceof IOException && exchange.isLeft();
  }

  /** Whether the framework gave up reading a form: it throws whatever it stumbles over. */
  private static boolean isBrokenForm(Throwable failure) {
    return isIn(failure, FORM_PARSER);
  }

  private static boolean isIn(Throwable failure, String classes) {
    return Arrays.stream(failure.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(classes));
  }

  private Response away(SQLException failure, ContainerRequestContext request) {
    LOG.warnf("The database does not answer: %s", failure.getMessage());
    return answer(
        new ProblemException(
            ProblemType.DATABASE_UNAVAILABLE,
            new Text(
                "La base de données ne répond pas ; les lectures publiques continuent. Réessayez plus tard.",
                "The database does not answer; public reads go on. Try again later.")),
        request);
  }

  /**
   * Connection lost or refused (class 08), shutting down (57P), no connection to be had from the
   * pool (none), a full disk, no memory or too many connections (53), or a failing disk (58).
   */
  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || AWAY.stream().anyMatch(state::startsWith);
  }

  private Response answer(ProblemException problem, ContainerRequestContext request) {
    Language language =
        Language.of(request.getUriInfo(), request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    ResponseBuilder answer =
        Response.status(problem.type().status())
            .type(PROBLEM_JSON)
            .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(ProblemBody.of(problem, rawPath(request), exchange.requestId(), language));
    switch (problem.type()) {
      case UPGRADE_REQUIRED -> answer.header("Upgrade", "HTTP/1.1").header("Connection", "Upgrade");
      case METHOD_NOT_ALLOWED ->
          answer.header(
              HttpHeaders.ALLOW,
              String.join(", ", methods.at(request.getUriInfo().getRequestUri().getPath())));
      case DATABASE_UNAVAILABLE,
          IDENTITY_PROVIDER_UNAVAILABLE,
          NOT_READY,
          REVISION_NOT_VISIBLE,
          STORAGE_UNAVAILABLE,
          TOO_BUSY ->
          answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
      default -> {}
    }
    problem.headers().forEach(header -> answer.header(header.name(), header.value()));
    return answer.build();
  }

  /**
   * As it was sent: decoded it is no URI reference, and could start a line of its own in the log.
   */
  private static String rawPath(ContainerRequestContext request) {
    return SecretPaths.hidden(request.getUriInfo().getRequestUri().getRawPath());
  }

  static @Nullable ProblemType typeOf(int status) {
    return switch (status) {
      case 400 -> ProblemType.MALFORMED_REQUEST;
      case 401 -> ProblemType.UNAUTHENTICATED;
      case 403 -> ProblemType.FORBIDDEN;
      case 404 -> ProblemType.NOT_FOUND;
      case 405 -> ProblemType.METHOD_NOT_ALLOWED;
      case 406 -> ProblemType.NOT_ACCEPTABLE;
      case 409 -> ProblemType.CONFLICT;
      case 413 -> ProblemType.PAYLOAD_TOO_LARGE;
      case 414 -> ProblemType.URI_TOO_LONG;
      case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
      case 431 -> ProblemType.HEADERS_TOO_LARGE;
      default -> null;
    };
  }

  private static Text detail(ProblemType type, ContainerRequestContext request) {
    String method = request.getMethod();
    return switch (type) {
      case NOT_FOUND -> NOTHING_HERE;
      case METHOD_NOT_ALLOWED ->
          new Text(
              "La méthode " + method + " n'est pas permise ici.",
              "The method " + method + " is not allowed here.");
      case NOT_ACCEPTABLE -> NO_FORMAT;
      default -> type.title();
    };
  }
}
