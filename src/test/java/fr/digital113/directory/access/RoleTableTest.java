package fr.digital113.directory.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.IdentityProvider;
import fr.digital113.directory.testsupport.IdentityProviderResource;
import fr.digital113.directory.web.Endpoint;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every endpoint with every kind of caller: whoever adds an endpoint says here who may use it. */
@QuarkusTest
class RoleTableTest {
  private static final String UNKNOWN = "0190a000-0000-7000-8000-0000000000aa";
  private static final String PAGE = "https://page.example";
  private static final UUID LEADING = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final String MEETING = "0190a000-0000-7000-8000-0000000000a1";
  private static final UUID OTHER = UUID.fromString("0190a000-0000-7000-8000-000000000005");

  /** Who may use each endpoint; the things are those of the company {@link #LEADING}. */
  private static final String TABLE =
      """
      GET /v1 | everybody
      GET /problems | everybody
      GET /problems/{slug} | everybody
      GET /v1/companies | everybody, more for the team
      GET /v1/companies/suggest | everybody
      GET /v1/companies/{ref} | everybody, more for the team, more for its own
      POST /v1/companies | team
      PUT /v1/companies/{ref} | team, own company
      PATCH /v1/companies/{ref} | team, own company
      DELETE /v1/companies/{ref} | team
      GET /v1/companies/{ref}/history | team
      GET /v1/companies/{ref}/memberships | team, own company
      POST /v1/companies/{ref}/memberships | team
      GET /v1/companies/{ref}/memberships/{joinedOn} | team, own company
      PATCH /v1/companies/{ref}/memberships/{joinedOn} | team
      DELETE /v1/companies/{ref}/memberships/{joinedOn} | team
      GET /v1/proposals | team, members
      GET /v1/proposals/{id} | team, own company
      DELETE /v1/proposals/{id} | team, own company
      POST /v1/proposals/{id}/accept | team
      POST /v1/proposals/{id}/refuse | team
      GET /v1/factories | everybody
      GET /v1/factories/{slug} | everybody
      GET /v1/factories/{slug}/companies | everybody, more for the team
      POST /v1/factories | team
      PUT /v1/factories/{slug} | team
      PATCH /v1/factories/{slug} | team, own factory
      DELETE /v1/factories/{slug} | team
      GET /v1/factories/{slug}/history | team
      GET /v1/calendar.ics | everybody
      GET /v1/meetings.ics | everybody
      GET /v1/factories/{slug}/meetings.ics | everybody
      GET /v1/territories/{ref}/meetings.ics | everybody
      GET /v1/events.ics | everybody
      GET /v1/workshops.ics | everybody
      GET /v1/calendars/{token}.ics | everybody
      GET /v1/calendars | team, members, leads
      POST /v1/calendars | team, members, leads
      GET /v1/calendars/{id} | team, own company, own factory
      DELETE /v1/calendars/{id} | team, own company, own factory
      GET /v1/meetings | everybody
      GET /v1/factories/{slug}/meetings | everybody
      POST /v1/factories/{slug}/meetings | team, own factory
      GET /v1/meetings/{id} | everybody
      PUT /v1/meetings/{id} | team, own factory
      PATCH /v1/meetings/{id} | team, own factory
      DELETE /v1/meetings/{id} | team, own factory
      GET /v1/meetings/{id}/history | team
      GET /v1/events | everybody
      GET /v1/events/{slug} | everybody
      POST /v1/events | team
      PUT /v1/events/{slug} | team
      PATCH /v1/events/{slug} | team
      DELETE /v1/events/{slug} | team
      GET /v1/events/{slug}/history | team
      GET /v1/workshops | everybody, assessments for the team, assessments for members
      GET /v1/workshops/{id} | everybody, assessments for the team, assessments for participants
      POST /v1/workshops | team
      PUT /v1/workshops/{id} | team
      PATCH /v1/workshops/{id} | team
      DELETE /v1/workshops/{id} | team
      GET /v1/workshops/{id}/history | team
      PUT /v1/workshops/{id}/assessments/{presenter} | own company
      DELETE /v1/workshops/{id}/assessments/{presenter} | own company
      GET /v1/factories/{slug}/leads | everybody
      GET /v1/initiatives | everybody
      GET /v1/initiatives/{slug} | everybody
      PUT /v1/initiatives/{slug} | team, own factory
      PATCH /v1/initiatives/{slug} | team, own factory
      DELETE /v1/initiatives/{slug} | team, own factory
      GET /v1/initiatives/{slug}/history | team
      GET /v1/factories/{slug}/initiatives | everybody
      POST /v1/factories/{slug}/initiatives | team, own factory
      GET /v1/factories/{slug}/requests | team, own factory, members
      POST /v1/factories/{slug}/requests | members
      GET /v1/factories/{slug}/requests/{id} | team, own factory, own company
      DELETE /v1/factories/{slug}/requests/{id} | own company
      POST /v1/factories/{slug}/requests/{id}/accept | team, own factory
      POST /v1/factories/{slug}/requests/{id}/decline | team, own factory
      DELETE /v1/factories/{slug}/companies/{ref} | team, own factory, own company
      GET /v1/changes | everybody
      GET /v1/changes/stream | everybody
      GET /v1/statistics | everybody
      GET /v1/statistics/companies | everybody, jobs for the team, jobs for statisticians
      GET /v1/statistics/growth | everybody, jobs for the team, jobs for statisticians
      GET /v1/statistics/objectives | everybody
      GET /v1/statistics/factories | everybody
      GET /v1/statistics/vintages | everybody
      POST /v1/statistics/vintages | team
      GET /v1/statistics/vintages/{id} | everybody
      GET /v1/statistics/vintages/{id}/audit | team
      GET /v1/sectors | everybody
      GET /v1/sectors/{slug} | everybody
      POST /v1/sectors | team
      PUT /v1/sectors/{slug} | team
      PATCH /v1/sectors/{slug} | team
      DELETE /v1/sectors/{slug} | team
      GET /v1/sectors/{slug}/history | team
      GET /v1/territories | everybody
      GET /v1/territories/{ref} | everybody
      GET /v1/territories/{ref}/companies | everybody, more for the team
      PATCH /v1/territories/{ref} | team
      GET /v1/territories/{ref}/history | team
      GET /v1/cluster | everybody
      PATCH /v1/cluster | team
      GET /v1/cluster/history | team
      GET /v1/imports | team
      POST /v1/imports | team
      GET /v1/imports/{id} | team
      GET /v1/imports/{id}/report | team
      GET /v1/imports/templates/{kind} | team
      GET /v1/imports/exports/{kind} | team
      GET /v1/partners | admin
      POST /v1/partners | admin
      GET /v1/partners/{id} | admin
      PATCH /v1/partners/{id} | admin
      DELETE /v1/partners/{id} | admin
      GET /v1/partners/{id}/keys | admin
      POST /v1/partners/{id}/keys | admin
      POST /v1/partners/{id}/keys/{key}/rotate | admin
      DELETE /v1/partners/{id}/keys/{key} | admin
      GET /v1/webhooks | admin, partners
      POST /v1/webhooks | admin, partners
      GET /v1/webhooks/{id} | admin, own partner
      PATCH /v1/webhooks/{id} | admin, own partner
      DELETE /v1/webhooks/{id} | admin, own partner
      POST /v1/webhooks/{id}/ping | admin, own partner
      POST /v1/webhooks/{id}/replay | admin, own partner
      POST /v1/webhooks/{id}/rotate-secret | admin, own partner
      GET /v1/webhooks/{id}/deliveries | admin, own partner
      GET /v1/erasures | admin
      POST /v1/erasures | admin
      GET /v1/erasures/{id} | admin
      """;

  private enum Who {
    NOBODY,
    PARTNER_KEY,
    PARTNER_OTHER,
    PARTNER_PAGE,
    STATISTICIAN_KEY,
    STATISTICIAN,
    TEAM_KEY,
    TEAM,
    MEMBER_OWN,
    MEMBER_OTHER,
    LEAD_OWN,
    LEAD_OTHER,
    NO_ROLE,
    ADMIN,
    ADMIN_KEY
  }

  private static final Map<Who, String> KEYS = new EnumMap<>(Who.class);

  @Inject Fixture fixture;
  @Inject BeanManager beans;

  @BeforeEach
  void prepare() {
    if (KEYS.isEmpty()) {
      fixture.load();
      KEYS.put(Who.ADMIN_KEY, DatabaseResource.ADMIN_KEY);
      KEYS.put(Who.PARTNER_KEY, newKey("partner"));
      KEYS.put(Who.PARTNER_OTHER, newKey("partner"));
      KEYS.put(Who.PARTNER_PAGE, newPageKey());
      KEYS.put(Who.TEAM_KEY, newKey("team"));
      KEYS.put(Who.STATISTICIAN_KEY, newKey("statistician"));
    }
  }

  @Test
  void hasARowForEveryEndpointAndAnEndpointForEveryRow() {
    assertThat(AccessRules.ALL.stream().map(Rule::toString))
        .containsExactlyInAnyOrderElementsOf(rows().keySet());
    assertThat(endpoints()).isEqualTo(new TreeSet<>(rows().keySet()));
  }

  static Stream<Arguments> everyEndpointAndCaller() {
    return rows().entrySet().stream()
        .flatMap(
            row ->
                Arrays.stream(Who.values())
                    .map(who -> Arguments.of(row.getKey(), row.getValue(), who)));
  }

  @ParameterizedTest(name = "{0} ({1}) by {2}")
  @MethodSource("everyEndpointAndCaller")
  void answersAsTheTableSays(String endpoint, String allowed, Who who) {
    int status = request(endpoint, who);

    if (may(allowed).contains(who)) {
      assertThat(status).isNotIn(401, 403).isLessThan(500);
      if (!endpoint.contains("/imports/{id}")) { // of which there is none
        assertThat(status).isNotEqualTo(404);
        assertThat(!endpoint.startsWith("GET") || endpoint.endsWith("/stream") || status == 200)
            .isTrue();
      }
    } else if (who == Who.MEMBER_OTHER
            && (endpoint.endsWith("/proposals/{id}") || endpoint.endsWith("/requests/{id}"))
        || (who == Who.MEMBER_OTHER || who == Who.LEAD_OTHER)
            && endpoint.endsWith("/calendars/{id}")
        || who == Who.PARTNER_OTHER && endpoint.contains("/webhooks/{id}")) {
      assertThat(status).isEqualTo(404); // it must not know of it
    } else {
      assertThat(status).isEqualTo(who == Who.NOBODY ? 401 : 403);
    }
  }

  static Stream<Arguments> everyPublicReadAndCaller() {
    return everyEndpointAndCaller()
        .filter(each -> ((String) each.get()[1]).startsWith("everybody"))
        .filter(each -> !((String) each.get()[0]).contains("suggest"));
  }

  /** What is confidential is asked for by its name, which does not exist for all others. */
  @ParameterizedTest(name = "{0} ({1}) by {2}")
  @MethodSource("everyPublicReadAndCaller")
  void showsWhatIsConfidentialToThoseWhomTheTableNames(String endpoint, String allowed, Who who) {
    boolean sees =
        allowed.contains("more for the team") && may("team").contains(who)
            || allowed.contains("more for its own") && may("own company").contains(who);

    assertThat(request(endpoint + "?fields=headcount", who)).isEqualTo(sees ? 200 : 400);
  }

  static Stream<Arguments> everyReadOfJobsAndCaller() {
    return everyEndpointAndCaller()
        .filter(each -> ((String) each.get()[1]).contains("jobs for the team"));
  }

  /** A question of which no vintage tells: the public is not answered, or gets no figure. */
  @ParameterizedTest(name = "{0} ({1}) by {2}")
  @MethodSource("everyReadOfJobsAndCaller")
  void showsJobsToThoseWhomTheTableNames(String endpoint, String allowed, Who who) {
    boolean sees =
        may("team").contains(who)
            || allowed.contains("jobs for statisticians")
                && (who == Who.STATISTICIAN || who == Who.STATISTICIAN_KEY);
    String path = endpoint.substring("GET ".length()) + "?measure=jobs&format=json";
    Response answer = as(who).get(path + (endpoint.endsWith("/companies") ? "&sector=iot" : ""));

    if (sees) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store");
      assertThat((List<Integer>) answer.path("data.jobs")).doesNotContainNull();
    } else if (endpoint.endsWith("/companies")) {
      assertThat(answer.statusCode()).isEqualTo(400);
    } else {
      assertThat((List<Integer>) answer.path("data.jobs")).containsOnlyNulls();
    }
  }

  static Stream<Arguments> everyReadOfWorkshopsAndCaller() {
    return everyEndpointAndCaller()
        .filter(each -> ((String) each.get()[1]).contains("assessments for the team"));
  }

  /** In a list a member may ask for what is seen of its own, whichever those are. */
  @ParameterizedTest(name = "{0} ({1}) by {2}")
  @MethodSource("everyReadOfWorkshopsAndCaller")
  void showsAssessmentsToThoseWhomTheTableNames(String endpoint, String allowed, Who who) {
    boolean sees =
        may("team").contains(who)
            || who == Who.MEMBER_OWN
            || who == Who.LEAD_OWN
            || allowed.contains("assessments for members")
                && (who == Who.MEMBER_OTHER || who == Who.LEAD_OTHER);

    assertThat(request(endpoint + "?fields=assessments", who)).isEqualTo(sees ? 200 : 400);
  }

  private static Set<Who> may(String allowed) {
    EnumSet<Who> all = EnumSet.noneOf(Who.class);
    for (String each : allowed.split(", ", -1)) {
      all.addAll(
          switch (each) {
            case "everybody" -> EnumSet.allOf(Who.class);
            case "more for the team",
                "more for its own",
                "jobs for the team",
                "jobs for statisticians",
                "assessments for the team",
                "assessments for members",
                "assessments for participants" ->
                EnumSet.noneOf(Who.class);
            case "team" -> EnumSet.of(Who.TEAM, Who.TEAM_KEY, Who.ADMIN, Who.ADMIN_KEY);
            case "admin" -> EnumSet.of(Who.ADMIN, Who.ADMIN_KEY);
            case "own partner" -> EnumSet.of(Who.PARTNER_KEY);
            case "partners" -> EnumSet.of(Who.PARTNER_KEY, Who.PARTNER_OTHER);
            case "own company" -> EnumSet.of(Who.MEMBER_OWN);
            case "own factory" -> EnumSet.of(Who.LEAD_OWN);
            case "members" -> EnumSet.of(Who.MEMBER_OWN, Who.MEMBER_OTHER);
            case "leads" -> EnumSet.of(Who.LEAD_OWN, Who.LEAD_OTHER);
            default -> throw new IllegalArgumentException(each);
          });
    }
    return all;
  }

  private int request(String endpoint, Who who) {
    String method = endpoint.substring(0, endpoint.indexOf(' '));
    String path =
        endpoint
            .substring(method.length() + 1)
            .replace("/companies/{ref}", "/companies/capteurs-d-oc")
            .replace("/territories/{ref}", "/territories/toulouse")
            .replace("/sectors/{slug}", "/sectors/iot")
            .replace("/factories/{slug}", "/factories/objets-connectes")
            .replace("/events/{slug}", "/events/soiree-de-lancement")
            .replace("/workshops/{id}", "/workshops/0190a000-0000-7000-8000-0000000000b5")
            .replace("{presenter}", "pixels-mediterranee")
            .replace("/initiatives/{slug}", "/initiatives/banc-d-essai-partage")
            .replace("/problems/{slug}", "/problems/not-found")
            .replace("/suggest", "/suggest?q=oc")
            .replace("/stream", "/stream?sort=none") // refused, or it would never end
            .replace("{kind}", "members")
            .replace("{joinedOn}", "2012-03-01")
            .replace("/imports/{id}", "/imports/" + UNKNOWN);
    if (path.startsWith("/v1/proposals/{id}")) {
      path = path.replace("{id}", newProposal());
    }
    if (path.contains("/requests/{id}")) {
      path = path.replace("{id}", newRequest());
    }
    if (path.startsWith("/v1/erasures/{id}")) {
      path = path.replace("{id}", newErasure());
    }
    if (path.startsWith("/v1/partners/{id}")) {
      String partner = newPartner("own");
      path = path.replace("{id}", partner).replace("{key}", newKey(partner, "partner", "id"));
    }
    path = path.replace("/vintages/{id}", "/vintages/2020-01-01");
    path = path.replace("/meetings/{id}", "/meetings/" + MEETING);
    if (path.startsWith("/v1/calendars/")) {
      Response made = newCalendar();
      path =
          path.replace("/v1/calendars/{token}.ics", made.<String>path("url"))
              .replace("{id}", made.<String>path("id"));
    }
    if (path.startsWith("/v1/webhooks/{id}")) {
      path = path.replace("{id}", newWebhook());
    }
    RequestSpecification request = as(who);
    if (endpoint.equals("POST /v1/imports")) {
      request.multiPart("kind", "none");
    } else if (!method.equals("GET") && !method.equals("DELETE")) {
      request
          .contentType(method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
          .body("{}");
    }
    return request.request(method, path).statusCode();
  }

  private static RequestSpecification as(Who who) {
    RequestSpecification request = given();
    String key = KEYS.get(who);
    if (key != null) {
      return who == Who.PARTNER_PAGE
          ? request.header("X-API-Key", key).header("Origin", PAGE)
          : request.header("X-API-Key", key);
    }
    IdentityProvider provider = IdentityProviderResource.provider();
    return switch (who) {
      case STATISTICIAN -> bearer(provider.token(null, "statistician"));
      case TEAM -> bearer(provider.token(null, "team"));
      case MEMBER_OWN -> bearer(provider.token(LEADING, "member"));
      case MEMBER_OTHER -> bearer(provider.token(OTHER, "member"));
      case LEAD_OWN -> bearer(provider.token(LEADING, "factory-lead"));
      case LEAD_OTHER -> bearer(provider.token(OTHER, "factory-lead"));
      case NO_ROLE -> bearer(provider.token(LEADING, "something-else"));
      case ADMIN -> bearer(provider.token(null, "admin"));
      case NOBODY,
          PARTNER_KEY,
          PARTNER_OTHER,
          PARTNER_PAGE,
          STATISTICIAN_KEY,
          TEAM_KEY,
          ADMIN_KEY ->
          request;
    };
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static String newKey(String role) {
    return newKey(newPartner(role), role, "key");
  }

  private static String newPageKey() {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .contentType("application/json")
        .body("{\"label\": \"page\", \"origins\": [\"%s\"]}".formatted(PAGE))
        .post("/v1/partners/{id}/keys", newPartner("page"))
        .path("key");
  }

  /** A webhook of the partner whose key {@link Who#PARTNER_KEY} is; it has at most ten. */
  private static String newWebhook() {
    RequestSpecification partner = as(Who.PARTNER_KEY);
    List<String> there = as(Who.PARTNER_KEY).get("/v1/webhooks").path("data.id");
    return there.isEmpty()
        ? partner
            .contentType("application/json")
            .body("{\"url\": \"http://127.0.0.1:9/\", \"types\": [\"sector\"]}")
            .post("/v1/webhooks")
            .path("id")
        : there.get(0);
  }

  /** A calendar of the company {@link #LEADING}, which has at most twenty. */
  private Response newCalendar() {
    fixture.sql("delete from calendar_subscription");
    return as(Who.MEMBER_OWN).contentType("application/json").body("{}").post("/v1/calendars");
  }

  /** Not by API: the journal would have it, and do it again. */
  private String newErasure() {
    String id = UUID.randomUUID().toString();
    fixture.sql(
        "insert into personal_erasure (id, at, actor, reason, terms, places)"
            + " values (?::uuid, now(), 'test', 'request', '[\"x\"]', '[]')",
        id);
    return id;
  }

  /** An open request of the company that leads the Factory, which could not make one by API. */
  private String newRequest() {
    String id = UUID.randomUUID().toString();
    fixture.sql("delete from participation_request");
    fixture.sql(
        """
        insert into participation_request (id, factory, company, actor)
        select ?::uuid, id, ?::uuid, 'test' from factory where slug = 'objets-connectes'
        """,
        id,
        LEADING.toString());
    return id;
  }

  private static String newPartner(String name) {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .contentType("application/json")
        .body("{\"name\": \"%s %s\"}".formatted(name, UUID.randomUUID()))
        .post("/v1/partners")
        .path("id");
  }

  private static String newKey(String partner, String role, String member) {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .contentType("application/json")
        .body("{\"label\": \"test\", \"roles\": [\"%s\"]}".formatted(role))
        .post("/v1/partners/{id}/keys", partner)
        .path(member);
  }

  /** A proposal of the company {@link #LEADING}. */
  private static String newProposal() {
    return as(Who.MEMBER_OWN)
        .contentType("application/json")
        .header("If-Match", "*")
        .body("{\"name\": \"Capteurs %s\"}".formatted(UUID.randomUUID()))
        .patch("/v1/companies/" + LEADING)
        .path("proposals[0].id");
  }

  private static Map<String, String> rows() {
    return TABLE
        .lines()
        .map(line -> line.split(" \\| ", 2))
        .collect(Collectors.toMap(row -> row[0], row -> row[1]));
  }

  /** What the running application answers, whatever package it is in. */
  private Set<String> endpoints() {
    return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
        .map(bean -> bean.getBeanClass())
        .filter(type -> type.isAnnotationPresent(Path.class))
        .distinct()
        .flatMap(
            type ->
                Arrays.stream(type.getDeclaredMethods())
                    .map(method -> Endpoint.of(type, method))
                    .filter(endpoint -> !endpoint.method().isEmpty())
                    .filter(endpoint -> !endpoint.path().startsWith(TestAccessTable.FILES)))
        .map(
            endpoint ->
                AccessRules.of(endpoint.method(), endpoint.path())
                    .map(Rule::toString)
                    .orElse(endpoint.method() + " " + endpoint.path()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
