package fr.digital113.directory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import fr.digital113.directory.testsupport.Contract;
import fr.digital113.directory.testsupport.Contract.Operation;
import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The committed contract and the program say the same. */
@QuarkusTest
class ContractTest {
  private static final Pattern VALID_NAMES = Pattern.compile("Valid[^:]*: (.*)\\.");

  private final Contract contract = Contract.committed();

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void servesTheCommittedDocumentAsYaml() throws Exception {
    String yaml = given().accept("application/yaml").get("/q/openapi").asString();

    assertThat(new YAMLMapper().readTree(yaml)).isEqualTo(contract.document());
  }

  @Test
  void servesTheCommittedDocumentAsJson() throws Exception {
    String json = given().queryParam("format", "json").get("/q/openapi").asString();

    assertThat(new ObjectMapper().readTree(json)).isEqualTo(contract.document());
  }

  @Test
  void declaresExactlyTheOperationsOfTheResources() {
    assertThat(contract.operations())
        .extracting(Operation::toString)
        .containsExactlyInAnyOrderElementsOf(operationsOfTheResources());
  }

  @Test
  void declaresAResponseForEveryProblemTypeAndNoOther() {
    List<String> expected =
        Arrays.stream(ProblemType.values())
            .map(type -> "%s %s %d".formatted(camelCase(type), type.uri(), type.status()))
            .toList();

    assertThat(responsesOfOneProblem()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void combinesOnlyProblemsOfTheStatusThatTheyAreDeclaredFor() {
    for (Operation operation : contract.operations()) {
      operation
          .node()
          .path("responses")
          .properties()
          .forEach(
              response ->
                  assertThat(problemStatuses(contract.resolve(response.getValue())))
                      .as("%s %s", operation, response.getKey())
                      .isSubsetOf(Integer.valueOf(response.getKey())));
    }
  }

  @Test
  void givesOnlyExamplesThatFollowTheirSchemas() {
    List<String> violations = new ArrayList<>();
    int examples = checkExamples("", contract.document(), violations);

    assertThat(violations).isEmpty();
    assertThat(examples).isGreaterThan(50);
  }

  @Test
  void declaresExactlyTheParametersThatEachReadTakes() {
    for (Operation operation : contract.operations()) {
      if (operation.method().equals("GET")) {
        Response refusal =
            given()
                .header("X-API-Key", DatabaseResource.ADMIN_KEY)
                .queryParam("zzz", "1")
                .queryParam("lang", "en")
                .get(existing(operation.path()));

        assertThat(refusal.statusCode()).as("%s?zzz=1", operation).isEqualTo(400);
        assertThat(validNames(refusal))
            .as("%s", operation)
            .isEqualTo(contract.parameters(operation, "query"));
      }
    }
  }

  @Test
  void givesEveryOperationAnIdOfItsOwnAndAKnownTag() {
    Set<String> tags = new TreeSet<>(contract.document().path("tags").findValuesAsText("name"));

    assertThat(contract.operations())
        .allSatisfy(
            operation -> assertThat(tags).as("%s", operation).containsAll(texts(operation, "tags")))
        .extracting(operation -> operation.node().path("operationId").asText())
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  private static Set<String> operationsOfTheResources() {
    Set<String> operations = new TreeSet<>();
    for (JavaClass resource :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ContractTest.class.getPackageName())) {
      if (resource.isAnnotatedWith(Path.class)) {
        String base = resource.getAnnotationOfType(Path.class).value();
        resource.getMethods().forEach(method -> operations.addAll(operations(base, method)));
      }
    }
    return operations;
  }

  private static List<String> operations(String base, JavaMethod method) {
    String path =
        method
            .tryGetAnnotationOfType(Path.class)
            .map(each -> each.value().startsWith("/") ? each.value() : "/" + each.value())
            .orElse("");
    return method.getAnnotations().stream()
        .flatMap(
            each ->
                each.getRawType().tryGetAnnotationOfType(HttpMethod.class).stream()
                    .map(verb -> verb.value() + " " + base + path))
        .toList();
  }

  private List<String> responsesOfOneProblem() {
    return contract.document().at("/components/responses").properties().stream()
        .filter(each -> each.getValue().at("/content/application~1problem+json/schema").has("$ref"))
        .map(
            each -> {
              JsonNode schema =
                  contract.resolve(each.getValue().at("/content/application~1problem+json/schema"));
              return "%s %s %d"
                  .formatted(
                      each.getKey(),
                      schema.at("/properties/type/const").asText(),
                      schema.at("/properties/status/const").asInt());
            })
        .toList();
  }

  private Set<Integer> problemStatuses(JsonNode response) {
    JsonNode schema = response.at("/content/application~1problem+json/schema");
    List<JsonNode> problems = new ArrayList<>();
    schema.path("oneOf").forEach(problems::add);
    if (schema.has("$ref")) {
      problems.add(schema);
    }
    return problems.stream()
        .map(each -> contract.resolve(each).at("/properties/status/const").asInt())
        .collect(Collectors.toSet());
  }

  /** Everything with a schema may have an example, or several, or references to them. */
  private int checkExamples(String place, JsonNode node, List<String> violations) {
    int checked = 0;
    JsonNode schema = node.path("schema");
    if (!schema.isMissingNode()) {
      List<JsonNode> examples = new ArrayList<>();
      node.path("examples").forEach(each -> examples.add(contract.resolve(each).path("value")));
      if (node.has("example")) {
        examples.add(node.path("example"));
      }
      for (JsonNode example : examples) {
        contract
            .violations(schema, example)
            .forEach(violation -> violations.add(place + ": " + violation));
        checked++;
      }
    }
    for (var each : node.properties()) {
      checked += checkExamples(place + "/" + each.getKey(), each.getValue(), violations);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      checked += checkExamples(place + "/" + i, node.path(i), violations);
    }
    return checked;
  }

  private static Set<String> validNames(Response refusal) {
    Matcher names =
        VALID_NAMES.matcher(refusal.<String>path("errors.find { it.parameter == 'zzz' }.message"));
    return names.find() ? new TreeSet<>(List.of(names.group(1).split(", "))) : Set.of();
  }

  /** A path of the template whose item exists in the fixture. */
  private static String existing(String template) {
    return template
        .replace("/companies/{ref}", "/companies/capteurs-d-oc")
        .replace("/territories/{ref}", "/territories/toulouse")
        .replace("/sectors/{slug}", "/sectors/iot")
        .replace("/factories/{slug}", "/factories/objets-connectes")
        .replace("/events/{slug}", "/events/soiree-de-lancement")
        .replace("/workshops/{id}", "/workshops/0190a000-0000-7000-8000-0000000000b5")
        .replace("/initiatives/{slug}", "/initiatives/banc-d-essai-partage")
        .replace("/problems/{slug}", "/problems/not-found")
        .replace("{joinedOn}", "2012-03-01")
        .replace("{kind}", "members")
        .replace("/webhooks/{id}", "/webhooks/" + webhook())
        .replace("/v1/calendars/{token}.ics", template.contains("{token}") ? calendar() : "")
        .replace("/meetings/{id}", "/meetings/0190a000-0000-7000-8000-0000000000a1")
        .replace("{id}", "0190a000-0000-7000-8000-0000000000aa");
  }

  private static String calendar() {
    return sent("/v1/calendars", "{}").path("url");
  }

  private static String webhook() {
    String there =
        given()
            .header("X-API-Key", DatabaseResource.ADMIN_KEY)
            .get("/v1/webhooks?limit=1")
            .path("data[0].id");
    if (there != null) {
      return there;
    }
    String partner = sent("/v1/partners", "{\"name\": \"Agence du contrat\"}").path("id");
    return sent(
            "/v1/webhooks",
            "{\"partner\": \"%s\", \"url\": \"http://127.0.0.1:9/\", \"types\": [\"sector\"]}"
                .formatted(partner))
        .path("id");
  }

  private static Response sent(String path, String body) {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .contentType("application/json")
        .body(body)
        .post(path);
  }

  private static List<String> texts(Operation operation, String field) {
    List<String> texts = new ArrayList<>();
    operation.node().path(field).forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static String camelCase(ProblemType type) {
    return Arrays.stream(type.slug().split("-"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }
}
