package fr.digital113.directory.web;

import java.util.Locale;

/**
 * Every kind of error that the API answers (RFC 9457). The URI of each is documented where it
 * points.
 */
public enum ProblemType {
  INVALID_PARAMETER(400, "Paramètre invalide", "Invalid parameter"),
  INVALID_CURSOR(400, "Curseur invalide", "Invalid cursor"),
  MALFORMED_REQUEST(400, "Requête illisible", "Malformed request"),
  UNAUTHENTICATED(401, "Authentification requise", "Authentication required"),
  FORBIDDEN(403, "Accès refusé", "Access refused"),
  NOT_FOUND(404, "Introuvable", "Not found"),
  METHOD_NOT_ALLOWED(405, "Méthode non permise", "Method not allowed"),
  NOT_ACCEPTABLE(406, "Format non disponible", "Format not available"),
  CONFLICT(409, "Conflit avec l'état actuel", "Conflict with the current state"),
  SYNC_TOKEN_EXPIRED(410, "Jeton de synchronisation périmé", "Sync token expired"),
  PRECONDITION_FAILED(412, "Version périmée", "Stale version"),
  PAYLOAD_TOO_LARGE(413, "Corps trop volumineux", "Payload too large"),
  URI_TOO_LONG(414, "URI trop longue", "URI too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Type de contenu non pris en charge", "Unsupported media type"),
  UNREADABLE_FILE(422, "Fichier illisible", "Unreadable file"),
  INVALID_BODY(422, "Contenu invalide", "Invalid body"),
  IDEMPOTENCY_KEY_REUSED(422, "Idempotency-Key déjà utilisée", "Idempotency-Key already used"),
  UPGRADE_REQUIRED(426, "Version d'HTTP trop ancienne", "HTTP version too old"),
  PRECONDITION_REQUIRED(428, "If-Match requis", "If-Match required"),
  TOO_MANY_REQUESTS(429, "Trop de requêtes", "Too many requests"),
  HEADERS_TOO_LARGE(431, "En-têtes trop volumineux", "Headers too large"),
  INTERNAL_ERROR(500, "Erreur interne", "Internal error"),
  DATABASE_UNAVAILABLE(503, "Base de données indisponible", "Database unavailable"),
  IDENTITY_PROVIDER_UNAVAILABLE(
      503, "Fournisseur d'identité indisponible", "Identity provider unavailable"),
  NOT_READY(503, "Service en cours de démarrage", "Service not ready"),
  REVISION_NOT_VISIBLE(503, "Révision pas encore visible", "Revision not visible yet"),
  STORAGE_UNAVAILABLE(503, "Stockage indisponible", "Storage unavailable"),
  TOO_BUSY(503, "Trop d'exports en cours", "Too many exports running");

  private final int status;
  private final Text title;

  ProblemType(int status, String fr, String en) {
    this.status = status;
    this.title = new Text(fr, en);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The last segment of the URI, for instance {@code invalid-parameter}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The stable URI path that names the type. */
  public String uri() {
    return "/problems/" + slug();
  }

  /** A short title, the same for every occurrence. */
  public Text title() {
    return title;
  }
}
