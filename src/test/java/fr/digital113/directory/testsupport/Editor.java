package fr.digital113.directory.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Somebody who writes: the team, a member of one company, or a lead of its Factories. */
public final class Editor {
  /** Ids of the fixture. */
  public static final String CAPTEURS = "0190a000-0000-7000-8000-000000000001";

  public static final String ECRAN_VERT = "0190a000-0000-7000-8000-000000000002";
  public static final String REGISTRE = "0190a000-0000-7000-8000-000000000006";
  public static final String SECRET = "0190a000-0000-7000-8000-000000000007";

  private final String company;
  private final String role;

  private Editor(String company, String role) {
    this.company = company;
    this.role = role;
  }

  public static Editor team() {
    return new Editor("", "team");
  }

  public static Editor memberOf(String company) {
    return new Editor(company, "member");
  }

  /** Somebody of a company that leads Factories. */
  public static Editor leadOf(String company) {
    return new Editor(company, "factory-lead");
  }

  /** A request of this editor, answered in English. */
  public RequestSpecification request() {
    RequestSpecification request =
        given().header("Accept-Language", "en").contentType("application/json");
    return company.isEmpty()
        ? request.header("X-API-Key", DatabaseResource.ADMIN_KEY)
        : request.header("Authorization", "Bearer " + token());
  }

  private String token() {
    return IdentityProviderResource.provider().token(UUID.fromString(company), role);
  }

  /** The company as editors read it. */
  public Response read(String ref) {
    return readAt("/v1/companies/" + ref);
  }

  /** Anything as editors read it. */
  public Response readAt(String path) {
    return request().queryParam("view", "edit").get(path);
  }

  /** The ETag that an edit needs. */
  public String etag(String ref) {
    return read(ref).header("ETag");
  }

  /** A patch upon what is there now. */
  public Response patch(String ref, String body) {
    return patch(ref, etag(ref), body);
  }

  /** A patch upon what was read. */
  public Response patch(String ref, String etag, String body) {
    return patchAt("/v1/companies/" + ref, etag, body);
  }

  /** A patch of anything, upon what is there now. */
  public Response patchAt(String path, String body) {
    return patchAt(path, readAt(path).header("ETag"), body);
  }

  /** A patch of anything, upon what was read. */
  public Response patchAt(String path, String etag, String body) {
    return request()
        .contentType("application/merge-patch+json;charset=UTF-8")
        .header("If-Match", etag)
        .body(body)
        .patch(path);
  }

  public Response post(String path, String body) {
    return request().body(body).post(path);
  }
}
