package fr.digital113.directory.testsupport;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Those who read as the public does, whoever they say they are. */
public final class Callers {
  private Callers() {}

  /**
   * Nobody, a partner, a statistician, a member and a Factory lead of one company, somebody without
   * a role: each with a request of theirs, by their name.
   *
   * @param company the company that the member and the lead belong to
   */
  public static Map<String, Supplier<RequestSpecification>> withoutRights(String company) {
    String key = partnerKey();
    UUID id = UUID.fromString(company);
    Map<String, Supplier<RequestSpecification>> all = new LinkedHashMap<>();
    all.put("nobody", Callers::english);
    all.put("partner", () -> english().header("X-API-Key", key));
    all.put("statistician", () -> bearer(null, "statistician"));
    all.put("member", () -> bearer(id, "member"));
    all.put("lead", () -> bearer(id, "factory-lead"));
    all.put("no role", () -> bearer(id, "something-else"));
    return all;
  }

  private static RequestSpecification english() {
    return given().header("Accept-Language", "en").urlEncodingEnabled(false);
  }

  private static RequestSpecification bearer(@Nullable UUID company, String role) {
    return english()
        .header(
            "Authorization", "Bearer " + IdentityProviderResource.provider().token(company, role));
  }

  private static String partnerKey() {
    String partner =
        Editor.team()
            .post("/v1/partners", "{\"name\": \"Agence %s\"}".formatted(UUID.randomUUID()))
            .path("id");
    return Editor.team()
        .post("/v1/partners/" + partner + "/keys", "{\"label\": \"test\"}")
        .path("key");
  }
}
