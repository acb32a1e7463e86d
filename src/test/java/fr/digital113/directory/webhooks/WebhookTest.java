package fr.digital113.directory.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.MergePatch;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks as their owners set them. */
@QuarkusTest
class WebhookTest {
  private static final String MADE =
      "{\"url\": \"http://127.0.0.1:9/hook\", \"types\": [\"sector\"]}";

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  private Partner partner;

  @BeforeEach
  void load() {
    fixture.load();
    TestHostNames.set(
        "hook.example.org", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c");
    partner = Partner.make();
  }

  @Test
  void isMadeReadChangedAndRemoved() {
    Response made =
        partner.post(
            "/v1/webhooks",
            """
            {"url": "https://hook.example.org/d113", "types": ["sector", "company"],
             "filter": "sector=iot&hiring=true", "description": "Site"}
            """);
    assertThat(made.statusCode()).isEqualTo(201);
    String id = made.path("id");
    assertThat(made.header("Location")).endsWith("/v1/webhooks/" + id);
    assertThat(made.header("Directory-Revision")).isNotNull();
    assertThat(made.<String>path("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");

    Response read = partner.get(id);
    assertThat(read.header("ETag")).isEqualTo(made.header("ETag"));
    assertThat(read.header("Cache-Control")).isEqualTo("private, no-store");
    Map<String, Object> webhook = read.jsonPath().getMap("");
    assertThat(webhook)
        .containsEntry("url", "https://hook.example.org/d113")
        .containsEntry("partner", partner.id())
        .containsEntry("types", List.of("company", "sector"))
        .containsEntry("filter", "hiring=true&sector=iot")
        .containsEntry("description", "Site")
        .containsEntry("state", "enabled")
        .containsEntry("reason", null)
        .containsEntry("backlog", 0)
        .doesNotContainKey("secret");

    Response changed =
        partner
            .request()
            .contentType("application/merge-patch+json")
            .header("If-Match", read.header("ETag"))
            .body("{\"description\": null, \"enabled\": false}")
            .patch("/v1/webhooks/" + id);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.<String>path("state")).isEqualTo("disabled");
    assertThat(changed.<String>path("reason")).isEqualTo("paused");
    assertThat(changed.<String>path("description")).isNull();
    assertThat(changed.<String>path("filter")).isEqualTo("hiring=true&sector=iot");

    assertThat(delete(id, read.header("ETag")).statusCode()).isEqualTo(412);
    assertThat(partner.request().delete("/v1/webhooks/" + id).statusCode()).isEqualTo(428);
    assertThat(delete(id, changed.header("ETag")).statusCode()).isEqualTo(204);
    assertThat(partner.get(id).statusCode()).isEqualTo(404);
  }

  private Response delete(String id, String etag) {
    return partner.request().header("If-Match", etag).delete("/v1/webhooks/" + id);
  }

  @Test
  void showsItsSecretOnceAndInNoListImageOrRepetition() {
    Response made =
        partner.request().header("Idempotency-Key", "first").body(MADE).post("/v1/webhooks");
    String secret = made.path("secret");
    Response again =
        partner.request().header("Idempotency-Key", "first").body(MADE).post("/v1/webhooks");

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.<String>path("id")).isEqualTo(made.path("id"));
    String raw = secret.substring("whsec_".length());
    assertThat(again.asString()).doesNotContain(raw);
    assertThat(partner.request().get("/v1/webhooks").asString())
        .contains(made.<String>path("id"))
        .doesNotContain(raw);
    String kept =
        jdbi.withHandle(
            database ->
                database
                    .createQuery(
                        """
                        select (select string_agg(document::text, '') from audit_image where id = :id)
                          || (select w::text from webhook w where w.id::text = :id)
                          || (select encode(secret, 'base64') from webhook_secret where webhook::text = :id)
                        """)
                    .bind("id", made.<String>path("id"))
                    .mapTo(String.class)
                    .one());
    assertThat(kept.split(Pattern.quote(raw), -1)).hasSize(2); // where it signs from
    assertThat(kept).endsWith(raw);
  }

  @Test
  void isAuditedInTheNameOfItsOwner() {
    Response made = partner.post("/v1/webhooks", MADE);
    partner.patch(made.path("id"), "{\"types\": [\"company\"]}");

    List<String> actors =
        jdbi.withHandle(
            database ->
                database
                    .createQuery(
                        """
                        select r.actor || ' ' || (a.document ->> 'parameters') from audit_image a join revision r using (revision)
                        where a.type = 'webhook' and a.id = :id order by revision
                        """)
                    .bind("id", made.<String>path("id"))
                    .mapTo(String.class)
                    .list());
    assertThat(actors).hasSize(2);
    assertThat(actors.get(0)).matches("key:[0-9a-f-]{36} \\{\"types\": \"sector\"}");
    assertThat(actors.get(1)).matches("key:[0-9a-f-]{36} \\{\"types\": \"company\"}");
  }

  @Test
  void isNotToBeKnownOfByOtherPartners() {
    Partner other = Partner.make();
    String id = partner.post("/v1/webhooks", MADE).path("id");

    assertThat(other.get(id).statusCode()).isEqualTo(404);
    assertThat(other.patch(id, "{\"enabled\": false}").statusCode()).isEqualTo(404);
    for (String action : List.of("ping", "replay", "rotate-secret")) {
      assertThat(other.post("/v1/webhooks/" + id + "/" + action, "{}").statusCode()).isEqualTo(404);
    }
    assertThat(other.get(id + "/deliveries").statusCode()).isEqualTo(404);
    assertThat(other.request().get("/v1/webhooks").<List<?>>path("data")).isEmpty();
    assertThat(other.request().get("/v1/webhooks").<Integer>path("page.total")).isZero();
    assertThat(other.request().queryParam("partner", partner.id()).get("/v1/webhooks").statusCode())
        .isEqualTo(400);
    assertThat(
            other
                .post("/v1/webhooks", MADE.replace("{", "{\"partner\": \"" + partner.id() + "\","))
                .<List<String>>path("errors.pointer"))
        .isEqualTo(List.of("/partner"));
  }

  @Test
  void isManagedByAdminsForAnyPartner() {
    Response unnamed = Partner.admin().body(MADE).post("/v1/webhooks");
    assertThat(unnamed.<List<String>>path("errors.pointer")).isEqualTo(List.of("/partner"));
    Response unknown =
        Partner.admin()
            .body(MADE.replace("{", "{\"partner\": \"" + UUID.randomUUID() + "\","))
            .post("/v1/webhooks");
    assertThat(unknown.<List<String>>path("errors.code")).isEqualTo(List.of("unknown_partner"));
    Response made =
        Partner.admin()
            .body(MADE.replace("{", "{\"partner\": \"" + partner.id() + "\","))
            .post("/v1/webhooks");
    assertThat(made.statusCode()).isEqualTo(201);

    assertThat(partner.get(made.path("id")).statusCode()).isEqualTo(200);
    assertThat(
            Partner.admin()
                .queryParam("partner", partner.id())
                .get("/v1/webhooks")
                .<List<String>>path("data.id"))
        .isEqualTo(List.of(made.<String>path("id")));
  }

  @Test
  void areTenOfAPartnerAtMostAndPaged() {
    for (int i = 0; i < 10; i++) {
      assertThat(partner.post("/v1/webhooks", MADE).statusCode()).isEqualTo(201);
    }
    assertThat(partner.post("/v1/webhooks", MADE).statusCode()).isEqualTo(409);

    JsonPath first = partner.request().get("/v1/webhooks?limit=7").jsonPath();
    JsonPath second = partner.request().get(first.getString("page.next")).jsonPath();
    assertThat(first.getInt("page.total")).isEqualTo(10);
    assertThat(first.getList("data.id")).hasSize(7);
    assertThat(second.getList("data.id"))
        .hasSize(3)
        .doesNotContainAnyElementsOf(first.getList("data.id"));
    assertThat(second.getString("page.next")).isNull();
  }

  @Test
  void goesWithItsPartner() {
    String id = partner.post("/v1/webhooks", MADE).path("id");
    Partner.admin().header("If-Match", "*").delete("/v1/partners/" + partner.id());

    assertThat(Partner.admin().get("/v1/webhooks/" + id).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                         | /url           | required
          {"url": "nothing"}                                         | /url           | invalid_url
          {"url": "ftp://hook.example.org/"}                         | /url           | invalid_url
          {"url": "https://hook.example.org/#part"}                  | /url           | invalid_url
          {"url": "https://hook.example.org/é"}                      | /url           | invalid_url
          {"url": "http://hook.example.org/"}                        | /url           | https_required
          {"url": "https://hook.example.org:22/"}                    | /url           | port_refused
          {"url": "https://u:p@hook.example.org/"}                   | /url           | user_info_refused
          {"url": "https://nowhere.example.org/"}                    | /url           | unknown_host
          {"types": []}                                              | /types         | empty
          {"types": ["sector", "person"]}                            | /types/1       | unknown_value
          {"types": ["sector&q=x"]}                                  | /types/0       | unknown_value
          {"filter": "sector=nothing"}                               | /filter        | unknown_value
          {"filter": "sectr=iot"}                                    | /filter        | unknown_parameter
          {"filter": "sector=iot&sector=fintech"}                    | /filter        | repeated
          {"filter": "q=%zz"}                                        | /filter        | invalid_encoding
          {"filter": "token=x"}                                      | /filter        | unknown_parameter
          {"filter": "types=company"}                                | /types         | repeated
          {"filter": ""}                                             | /filter        | empty
          {"secret": "whsec_x"}                                      | /secret        | unknown_member
          """)
  void saysWhatIsWrong(String body, String pointer, String code) {
    String whole =
        body.equals("{}")
            ? "{\"types\": [\"sector\"]}"
            : "{\"url\": \"https://hook.example.org/\", \"types\": [\"sector\"]}";
    Response refused = partner.post("/v1/webhooks", merged(whole, body));

    assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
    assertThat(refused.<List<String>>path("errors.pointer")).isEqualTo(List.of(pointer));
    assertThat(refused.<List<String>>path("errors.code")).isEqualTo(List.of(code));
  }

  private static String merged(String whole, String body) {
    return MergePatch.apply(Fixture.parsed(whole), Fixture.parsed(body)).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://1.1.1.1/",
    "https://1.1.1.1./",
    "https://[::ffff:10.0.0.1]/",
    "https://[::ffff:a00:1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:a00:1::1]/",
    "https://[fe80::1]/",
    "https://[fc00::1]:8443/",
    "https://[2606:4700::1111]/",
  })
  void refusesAddressesInEveryForm(String url) {
    assertRefused(url);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "fe80::1",
    "fd00::1",
    "64:ff9b::a00:1",
    "2002:a00:1::1",
    "::ffff:192.168.0.1"
  })
  void refusesNamesThatLeadInside(String address) {
    TestHostNames.set("inside.example.org", address);
    assertRefused("https://inside.example.org/");
    TestHostNames.set("inside.example.org", "93.184.215.14", address);
    assertRefused("https://inside.example.org/");
  }

  private void assertRefused(String url) {
    Response refused =
        partner.post("/v1/webhooks", "{\"url\": \"%s\", \"types\": [\"sector\"]}".formatted(url));
    assertThat(refused.statusCode()).as(url).isEqualTo(422);
    assertThat(refused.<List<String>>path("errors.pointer")).isEqualTo(List.of("/url"));
    assertThat(refused.<List<String>>path("errors.code")).isEqualTo(List.of("address_refused"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                         | /              | one_of_two
          {"fromRevision": 1, "since": "2026-01-01T00:00:00Z"}       | /              | one_of_two
          {"fromRevision": 2000000000}                               | /fromRevision  | out_of_range
          {"fromRevision": 0}                                        | /fromRevision  | out_of_range
          {"since": "2999-01-01T00:00:00Z"}                          | /since         | invalid_time
          {"since": "yesterday"}                                     | /since         | invalid_time
          """)
  void saysWhatIsWrongWithAReplay(String body, String pointer, String code) {
    String id = partner.post("/v1/webhooks", MADE).path("id");
    Response refused = partner.post("/v1/webhooks/" + id + "/replay", body);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.<List<String>>path("errors.pointer")).isEqualTo(List.of(pointer));
    assertThat(refused.<List<String>>path("errors.code")).isEqualTo(List.of(code));
  }
}
