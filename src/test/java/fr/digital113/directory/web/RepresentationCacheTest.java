package fr.digital113.directory.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.access.KeyUse;
import fr.digital113.directory.testsupport.Contract;
import fr.digital113.directory.testsupport.Contract.Operation;
import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.IdentityProviderResource;
import fr.digital113.directory.testsupport.Reached;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered from memory, and what never is. */
@QuarkusTest
class RepresentationCacheTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String MEETING = "0190a000-0000-7000-8000-0000000000a1";

  /** Of the moment, or of who asks. */
  private static final Set<String> NOT_OF_THE_ANSWER = Set.of("date", "ratelimit", "x-request-id");

  /** Every read of a snapshot that the contract has, with requests of each. */
  private static final Map<String, List<String>> READS =
      Map.ofEntries(
          Map.entry(
              "/v1/companies",
              List.of(
                  "/v1/companies",
                  "/v1/companies?sector=iot&limit=1&facets=sector,departement",
                  "/v1/companies?q=capteurs&fields=name,slug",
                  "/v1/companies?near=43.6045,1.444&radius=50&sort=distance",
                  "/v1/companies?format=geojson&limit=2",
                  "/v1/companies?membership=any&sort=-name&lang=en")),
          Map.entry("/v1/companies/suggest", List.of("/v1/companies/suggest?q=oc&limit=3")),
          Map.entry(
              "/v1/companies/{ref}",
              List.of(
                  "/v1/companies/capteurs-d-oc",
                  "/v1/companies/" + Editor.CAPTEURS,
                  "/v1/companies/capteurs-d-oc?fields=slug",
                  "/v1/companies/capteurs-d-oc?format=jsonld",
                  "/v1/companies/capteurs-d-oc?format=geojson")),
          Map.entry(
              "/v1/territories",
              List.of("/v1/territories?level=epci", "/v1/territories?format=geojson&limit=1")),
          Map.entry("/v1/territories/{ref}", List.of("/v1/territories/toulouse")),
          Map.entry(
              "/v1/territories/{ref}/companies", List.of("/v1/territories/toulouse/companies")),
          Map.entry("/v1/sectors", List.of("/v1/sectors")),
          Map.entry("/v1/sectors/{slug}", List.of("/v1/sectors/iot?lang=fr")),
          Map.entry("/v1/factories", List.of("/v1/factories?limit=1")),
          Map.entry("/v1/factories/{slug}/leads", List.of("/v1/factories/objets-connectes/leads")),
          Map.entry(
              "/v1/factories/{slug}/initiatives",
              List.of("/v1/factories/objets-connectes/initiatives")),
          Map.entry(
              "/v1/initiatives",
              List.of("/v1/initiatives?facets=status,kind,factory&sort=-endedOn")),
          Map.entry(
              "/v1/initiatives/{slug}", List.of("/v1/initiatives/banc-d-essai-partage?lang=en")),
          Map.entry("/v1/factories/{slug}", List.of("/v1/factories/objets-connectes")),
          Map.entry(
              "/v1/factories/{slug}/companies",
              List.of("/v1/factories/objets-connectes/companies?limit=1")),
          Map.entry(
              "/v1/meetings",
              List.of(
                  "/v1/meetings?from=2026-10-01&limit=2",
                  "/v1/meetings?from=2026-10-01&to=2027-03-31T00:00:00Z&territory=31&sector=iot")),
          Map.entry(
              "/v1/factories/{slug}/meetings",
              List.of(
                  "/v1/factories/objets-connectes/meetings?from=2026-10-01&fields=start,title")),
          Map.entry("/v1/meetings/{id}", List.of("/v1/meetings/" + MEETING)),
          Map.entry(
              "/v1/calendar.ics", List.of("/v1/calendar.ics", "/v1/calendar.ics?territory=31")),
          Map.entry("/v1/meetings.ics", List.of("/v1/meetings.ics?sector=iot&lang=en")),
          Map.entry(
              "/v1/factories/{slug}/meetings.ics",
              List.of("/v1/factories/objets-connectes/meetings.ics")),
          Map.entry(
              "/v1/territories/{ref}/meetings.ics",
              List.of("/v1/territories/albi/meetings.ics?factory=objets-connectes")),
          Map.entry("/v1/events.ics", List.of("/v1/events.ics")),
          Map.entry("/v1/workshops.ics", List.of("/v1/workshops.ics?territory=occitanie")),
          Map.entry(
              "/v1/events",
              List.of(
                  "/v1/events?from=2019-01-01&to=2020-01-01&sort=-start",
                  "/v1/events?q=lancement&territory=toulouse")),
          Map.entry(
              "/v1/events/{slug}",
              List.of(
                  "/v1/events/soiree-de-lancement",
                  "/v1/events/soiree-de-lancement?format=jsonld")),
          Map.entry("/v1/workshops", List.of("/v1/workshops?status=held&limit=1")),
          Map.entry(
              "/v1/workshops/{id}",
              List.of("/v1/workshops/0190a000-0000-7000-8000-0000000000b5?lang=en")),
          Map.entry("/v1/cluster", List.of("/v1/cluster")),
          Map.entry("/v1/statistics", List.of("/v1/statistics?lang=en")),
          Map.entry(
              "/v1/statistics/companies",
              List.of(
                  "/v1/statistics/companies?by=departement,sector",
                  "/v1/statistics/companies?by=sizeClass&asOf=2019-01-01&format=json",
                  "/v1/statistics/companies?by=origin&format=xlsx",
                  "/v1/statistics/companies?by=sector&territory=31&format=csv&layout=pivot")),
          Map.entry("/v1/statistics/vintages", List.of("/v1/statistics/vintages?limit=1")),
          Map.entry("/v1/statistics/vintages/{id}", List.of("/v1/statistics/vintages/2020-01-01")));

  /** Reads that depend on the day as well, or on what is not public, and so are not kept. */
  private static final Set<String> OF_TODAY =
      Set.of("/v1/statistics/growth", "/v1/statistics/objectives", "/v1/statistics/factories");

  /** Ways to ask for the same in another representation, or from elsewhere. */
  private static final List<String[]> WAYS =
      List.of(
          new String[] {},
          new String[] {"Accept-Language", "en-GB,en;q=0.8", "Accept-Encoding", "gzip, br"},
          new String[] {"Accept", "text/html,application/json;q=0.9,*/*;q=0.1"},
          new String[] {"Origin", "https://partner.example", "Accept-Encoding", "identity"});

  @Inject Fixture fixture;
  @Inject RepresentationCache cache;
  @Inject KeyUse use;

  @TestHTTPResource("/")
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI root;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  static Stream<String> requests() {
    return READS.values().stream().flatMap(List::stream).sorted();
  }

  @Test
  void isTestedWithEveryReadOfASnapshotThatTheContractHas() {
    Contract contract = Contract.committed();

    assertThat(
            contract.operations().stream()
                .filter(each -> each.method().equals("GET"))
                .filter(each -> contract.parameters(each, "header").contains("Directory-Revision"))
                .map(Operation::path)
                .filter(each -> !OF_TODAY.contains(each))
                .filter(each -> !each.equals("/v1/changes"))) // which reads the change log
        .containsExactlyInAnyOrderElementsOf(READS.keySet());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void answersTheSameFromMemoryByteForByteAndHeaderForHeader(String path) throws Exception {
    for (String[] way : WAYS) {
      forget();
      HttpResponse<byte[]> headBefore = head(path, way);
      Answers first = ask(path, way);
      Answers second = ask(path, way);
      HttpResponse<byte[]> headAfter = head(path, way);

      assertThat(first.reached()).as(path).isEqualTo(1);
      assertThat(second.reached()).as(path).isZero();
      assertThat(first.status()).isEqualTo(200);
      assertThat(second.status()).isEqualTo(200);
      assertThat(second.http().body()).isEqualTo(first.http().body());
      assertThat(headers(second.http())).isEqualTo(headers(first.http()));
      assertThat(headers(headAfter)).isEqualTo(headers(headBefore));
      assertThat(headAfter.body()).isEmpty();
      assertThat(headers(second.http()))
          .containsKeys(
              "etag",
              "vary",
              "content-length",
              "access-control-allow-origin",
              "x-content-type-options",
              "content-security-policy",
              "cross-origin-resource-policy",
              "ratelimit-policy");
      assertThat(second.http().headers().firstValue("x-request-id")).isPresent();
      assertThat(second.http().headers().firstValue("ratelimit")).isPresent();
      assertThat(second.http().headers().firstValue("date")).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void answers304FromMemoryToWhoeverHasTheAnswer(String path) throws Exception {
    for (String[] way : WAYS) {
      forget();
      String[] knowing = with(way, "If-None-Match", head(path, way).headers().firstValue("etag"));
      Answers first = ask(path, knowing); // nothing but this is in memory then
      Answers second = ask(path, knowing);
      Answers whole = ask(path, way);
      Answers wholeAgain = ask(path, way);
      Answers third = ask(path, knowing);

      assertThat(first.status()).isEqualTo(304);
      assertThat(first.reached()).isEqualTo(1);
      assertThat(whole.status()).isEqualTo(200);
      assertThat(whole.reached()).isEqualTo(1);
      assertThat(wholeAgain.reached()).isZero();
      for (Answers each : List.of(second, third)) {
        assertThat(each.status()).isEqualTo(304);
        assertThat(each.reached()).isZero();
        assertThat(headers(each.http())).isEqualTo(headers(first.http()));
        assertThat(each.http().body()).isEmpty();
      }
    }
  }

  @Test
  void compressesAsAskedOnly() throws Exception {
    String path = "/v1/companies";
    byte[] plain = ask(path).http().body();
    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> answer = ask(path, "Accept-Encoding", "gzip").http();

      assertThat(answer.headers().firstValue("content-encoding")).hasValue("gzip");
      assertThat(answer.headers().firstValue("etag").orElseThrow()).endsWith(".gzip\"");
      try (var body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(body.readAllBytes()).isEqualTo(plain);
      }
    }
    assertThat(ask(path).http().body()).isEqualTo(plain);
    assertThat(ask(path).http().headers().firstValue("content-encoding")).isEmpty();
  }

  @Test
  void keepsTheRedirectionOfAFormerSlug() throws Exception {
    Editor.team().patch("ecran-vert", "{\"slug\": \"ecran-bleu\"}");

    Answers first = ask("/v1/companies/ecran-vert?lang=en&fields=name");
    Answers second = ask("/v1/companies/ecran-vert?fields=name&lang=en");

    assertThat(first.status()).isEqualTo(301);
    assertThat(second.status()).isEqualTo(301);
    assertThat(second.reached()).isZero();
    assertThat(headers(second.http())).isEqualTo(headers(first.http()));
    assertThat(second.http().headers().firstValue("location"))
        .hasValue("/v1/companies/ecran-bleu?fields=name&lang=en");
  }

  @Test
  void showsAWriteToTheVeryNextRead() throws Exception {
    for (int i = 0; i < 30; i++) {
      String phone = "+3353649%04d".formatted(i);
      assertThat(
              Editor.team().patch("capteurs-d-oc", "{\"phone\": \"" + phone + "\"}").statusCode())
          .isEqualTo(200);
      for (int again = 0; again < 2; again++) {
        assertThat(ask("/v1/companies/capteurs-d-oc").json().getString("phone")).isEqualTo(phone);
        assertThat(ask("/v1/companies").text()).contains(phone);
      }
    }
  }

  /** A live stream holds its request, and with it the version that was the newest when it came. */
  @Test
  void keepsNothingOfAFormerVersionForWhoIsStillBeingAnswered() throws Exception {
    HttpResponse<InputStream> stream =
        CLIENT.send(
            HttpRequest.newBuilder(root.resolve("/v1/changes/stream?types=sector")).build(),
            BodyHandlers.ofInputStream());
    try (InputStream open = stream.body()) {
      assertThat(open.read()).isPositive();
      ask("/v1/companies");
      AnswersOfAVersion former = requireNonNull(cache.current());
      assertThat(former.count()).isPositive();

      forget();
      ask("/v1/companies");

      assertThat(cache.current()).isNotSameAs(former);
      assertThat(former.count()).isZero();
      assertThat(requireNonNull(cache.current()).count()).isPositive();
    }
  }

  @Test
  void doesNotCareForTheOrderOfParameters() throws Exception {
    Answers first = ask("/v1/companies?sort=name&membership=any&limit=2");
    Answers second = ask("/v1/companies?limit=2&sort=name&membership=any");

    assertThat(second.reached()).isZero();
    assertThat(second.http().body()).isEqualTo(first.http().body());
    assertThat(headers(second.http())).isEqualTo(headers(first.http()));
    assertThat(ask(first.json().getString("page.next")).status()).isEqualTo(200);
  }

  @Test
  void tellsRepresentationsApart() throws Exception {
    String path = "/v1/companies/capteurs-d-oc";
    List<String> answers = new ArrayList<>();
    for (String[] way :
        List.of(
            new String[] {},
            new String[] {"Accept-Language", "en"},
            new String[] {"Accept", "application/ld+json"},
            new String[] {"Accept", "application/geo+json"})) {
      answers.add(ask(path, way).text());
    }

    assertThat(answers).doesNotHaveDuplicates();
    assertThat(ask(path, "Accept", "text/html").status()).isEqualTo(406);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/problems",
        "/v1/changes",
        "/v1/companies?format=csv",
        "/v1/companies?format=geojson",
        "/v1/meetings", // of today
        "/v1/companies?unknown=1",
        "/v1/companies/nobody",
        "/v1/imports"
      })
  void keepsNothingElse(String path) throws Exception {
    Answers first = ask(path);
    Answers second = ask(path);

    assertThat(first.reached()).isEqualTo(1);
    assertThat(second.reached()).isEqualTo(1);
    assertThat(second.status()).isEqualTo(first.status());
  }

  @Test
  void isNeitherForTheTeamNorForWhoeverSendsAToken() throws Exception {
    UUID company = UUID.fromString(Editor.CAPTEURS);
    Map<String, String[]> callers = new LinkedHashMap<>();
    callers.put("team", new String[] {"X-API-Key", DatabaseResource.ADMIN_KEY});
    for (String role : List.of("team", "member", "factory-lead", "statistician", "nothing")) {
      callers.put(
          role + " token",
          new String[] {
            "Authorization", "Bearer " + IdentityProviderResource.provider().token(company, role)
          });
    }
    callers.put("a revision", new String[] {"Directory-Revision", "0"});
    for (String path : List.of("/v1/companies", "/v1/companies/capteurs-d-oc")) {
      for (Map.Entry<String, String[]> caller : callers.entrySet()) {
        forget();
        assertThat(ask(path, caller.getValue()).status()).as(caller.getKey()).isEqualTo(200);
        Answers everybody = ask(path);
        assertThat(everybody.reached()).as("not kept of " + caller.getKey()).isEqualTo(1);
        assertThat(everybody.text()).doesNotContain("headcount");
        assertThat(ask(path).reached()).isZero();
        Answers theirs = ask(path, caller.getValue());
        assertThat(theirs.reached()).as("not for " + caller.getKey()).isEqualTo(1);
        if (!caller.getKey().equals("nothing token")) { // who reads as everybody does
          assertThat(theirs.http().headers().firstValue("cache-control"))
              .hasValue("private, no-store");
        }
      }
    }
    assertThat(ask("/v1/companies", "Authorization", "Bearer wrong").status()).isEqualTo(401);
    assertThat(ask("/v1/companies", "Authorization", "Basic eDp5").status()).isEqualTo(401);
    assertThat(ask("/v1/companies", "X-API-Key", "wrong").status()).isEqualTo(401);
  }

  @Test
  void isForPartnersWhileTheirKeyIsGood() throws Exception {
    String partner =
        Editor.team()
            .post("/v1/partners", "{\"name\": \"Agence %s\"}".formatted(UUID.randomUUID()))
            .header("Location");
    String keys = partner + "/keys";
    JsonPath made =
        Editor.team()
            .post(keys, "{\"label\": \"site\", \"origins\": [\"https://a.example\"]}")
            .jsonPath();
    String[] good = {"X-API-Key", made.getString("key"), "Origin", "https://a.example"};
    String[] elsewhere = {"X-API-Key", made.getString("key"), "Origin", "https://b.example"};

    ask("/v1/sectors", good); // the keys are read again
    Answers kept = ask("/v1/companies");
    Answers partners = ask("/v1/companies", good);

    assertThat(partners.reached()).isZero();
    assertThat(partners.http().body()).isEqualTo(kept.http().body());
    assertThat(partners.http().headers().firstValue("ratelimit-policy"))
        .hasValue("\"standard\";q=3000;w=60");
    assertThat(ask("/v1/companies", elsewhere).status()).isEqualTo(403);
    assertThat(ask("/v1/companies", "X-API-Key", made.getString("key")).status()).isEqualTo(403);
    use.write();
    assertThat(keys(keys).<String>path("data[0].lastUsedOn")).isNotNull();

    Editor.team()
        .request()
        .header("If-Match", "*")
        .delete(keys + "/" + made.getString("id"))
        .then()
        .statusCode(204);
    assertThat(ask("/v1/companies", good).status()).isEqualTo(401);
    assertThat(ask("/v1/companies").reached()).isZero();
  }

  private static Response keys(String path) {
    return Editor.team().request().get(path);
  }

  @Test
  void marksAKeyAsUsedThatWasAnsweredFromMemoryOnly() throws Exception {
    String partner =
        Editor.team()
            .post("/v1/partners", "{\"name\": \"Agence %s\"}".formatted(UUID.randomUUID()))
            .header("Location");
    String key =
        Editor.team().post(partner + "/keys", "{\"label\": \"server\"}").jsonPath().get("key");
    ask("/v1/companies");
    keys(partner + "/keys"); // somebody else's request reads the keys

    Answers answer = ask("/v1/companies", "X-API-Key", key);
    use.write();

    assertThat(answer.reached()).isZero();
    assertThat(keys(partner + "/keys").<String>path("data[0].lastUsedOn")).isNotNull();
  }

  @Test
  void letsOneOfManyThroughThatAskForTheSame() throws Exception {
    HeldResource.RUNS.set(0);
    List<CompletableFuture<HttpResponse<String>>> all = many("/streamed/held/kept", 100);
    await(() -> HeldResource.RUNS.get() == 1 && cache.waiting() == 99);

    HeldResource.MAY_GO_ON.release();

    for (CompletableFuture<HttpResponse<String>> each : all) {
      assertThat(each.get(10, TimeUnit.SECONDS).body()).isEqualTo("[\"kept\"]");
    }
    assertThat(HeldResource.RUNS.get()).isEqualTo(1);
    assertThat(cache.waiting()).isZero();
  }

  @Test
  void letsAllGoOnWhenTheAnswerIsNotOneToBeKept() throws Exception {
    HeldResource.RUNS.set(0);
    List<CompletableFuture<HttpResponse<String>>> all = many("/streamed/held/unshared", 10);
    await(() -> HeldResource.RUNS.get() == 1 && cache.waiting() == 9);

    HeldResource.MAY_GO_ON.release(10);

    for (CompletableFuture<HttpResponse<String>> each : all) {
      assertThat(each.get(10, TimeUnit.SECONDS).body()).isEqualTo("[\"unshared\"]");
    }
    assertThat(HeldResource.RUNS.get()).isEqualTo(10);
  }

  @Test
  void searchesOnceForABurst() throws Exception {
    for (int round = 0; round < 5; round++) {
      forget();
      long before = Reached.count();
      List<CompletableFuture<HttpResponse<String>>> all =
          many("/v1/companies?q=capteurs&facets=sector,departement", 100);
      String first = all.get(0).get(10, TimeUnit.SECONDS).body();

      for (CompletableFuture<HttpResponse<String>> each : all) {
        assertThat(each.get(10, TimeUnit.SECONDS).body()).isEqualTo(first);
      }
      assertThat(Reached.count() - before).isEqualTo(1);
    }
  }

  private List<CompletableFuture<HttpResponse<String>>> many(String path, int count) {
    HttpRequest request = HttpRequest.newBuilder(root.resolve(path)).build();
    return Stream.generate(() -> CLIENT.sendAsync(request, BodyHandlers.ofString()))
        .limit(count)
        .toList();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** By a public change, as it is everywhere else. */
  private void forget() {
    fixture.sql(
        "update company set hiring = not coalesce(hiring, false) where slug = 'ecran-vert'");
  }

  /** An answer, and how many requests came as far as the resources for it. */
  private record Answers(HttpResponse<byte[]> http, long reached) {
    int status() {
      return http.statusCode();
    }

    String text() {
      return new String(http.body(), StandardCharsets.UTF_8);
    }

    JsonPath json() {
      return JsonPath.from(text());
    }
  }

  private Answers ask(String path, String... headers) throws Exception {
    long before = Reached.count();
    HttpResponse<byte[]> answer = send("GET", path, headers);
    return new Answers(answer, Reached.count() - before);
  }

  private HttpResponse<byte[]> head(String path, String... headers) throws Exception {
    return send("HEAD", path, headers);
  }

  private HttpResponse<byte[]> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String[] with(String[] headers, String name, Optional<String> value) {
    return Stream.concat(Arrays.stream(headers), Stream.of(name, value.orElseThrow()))
        .toArray(String[]::new);
  }

  private static Map<String, List<String>> headers(HttpResponse<?> answer) {
    return answer.headers().map().entrySet().stream()
        .filter(each -> !NOT_OF_THE_ANSWER.contains(each.getKey()))
        // The framework says of an answer without a body that it is not compressed
        .filter(each -> answer.statusCode() != 304 || !each.getKey().equals("content-encoding"))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, two) -> one, TreeMap::new));
  }
}
