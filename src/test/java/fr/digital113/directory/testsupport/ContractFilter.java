package fr.digital113.directory.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import fr.digital113.directory.testsupport.Contract.Operation;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Checks every exchange of every test against the contract: the operation, its parameters when they
 * were accepted, the status, the headers, the content type, the body. A request outside of the
 * contract must be answered by a problem.
 */
final class ContractFilter implements Filter {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String REQUEST_ID = "X-Request-Id";
  private static final Map<Integer, String> OUTSIDE =
      Map.of(
          403, "Forbidden",
          404, "NotFound",
          405, "MethodNotAllowed",
          413, "PayloadTooLarge",
          429, "TooManyRequests");

  private final Contract contract = Contract.committed();

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    if (!request.getHeaders().hasHeaderWithName(REQUEST_ID)) {
      request.header(REQUEST_ID, "test"); // so that a whole answer can be expected
    }
    Response response = context.next(request, expected);
    URI uri = URI.create(request.getURI());
    if (!request.getMethod().equals("OPTIONS") && isInScope(uri.getPath(), response.statusCode())) {
      List<String> violations = violations(request.getMethod(), uri, response);
      if (!violations.isEmpty()) {
        throw new AssertionError(
            "%s %s -> %d %s breaks openapi/openapi.yaml:%n  - %s%n%s"
                .formatted(
                    request.getMethod(),
                    uri,
                    response.statusCode(),
                    response.contentType(),
                    String.join("\n  - ", violations),
                    response.asString()));
      }
    }
    return response;
  }

  /** Pages for people and operations are not in the contract, errors at their paths aside. */
  private static boolean isInScope(String path, int status) {
    return path.startsWith("/v1")
        || path.startsWith("/problems")
        || (status >= 400 && !path.startsWith("/q/"));
  }

  private List<String> violations(String method, URI uri, Response response) {
    boolean head = method.equals("HEAD");
    Operation operation = contract.operation(head ? "GET" : method, uri.getRawPath());
    if (operation == null) {
      String outside = OUTSIDE.get(response.statusCode());
      return outside == null
          ? List.of("there is no such operation")
          : violations(contract.component("responses", outside), response, head);
    }
    JsonNode declared =
        contract.resolve(
            operation.node().path("responses").path(String.valueOf(response.statusCode())));
    if (declared.isMissingNode()) {
      return List.of(operation + " does not declare this status");
    }
    List<String> violations = new ArrayList<>();
    if (response.statusCode() < 400) {
      violations.addAll(wrongParameters(operation, uri));
    }
    if (!isShaped(uri)) {
      violations.addAll(violations(declared, response, head));
      return violations;
    }
    violations.addAll(
        alternatives(declared, response).stream()
            .map(each -> withoutRequired(violations(each, response, head)))
            .min(Comparator.comparingInt(List::size))
            .orElseThrow());
    return violations;
  }

  private static List<String> withoutRequired(List<String> violations) {
    return violations.stream().filter(each -> !each.contains("required property")).toList();
  }

  /** The response with each of the schemas that its body may follow. */
  private static List<JsonNode> alternatives(JsonNode declared, Response response) {
    String place = "/content/%s/schema".formatted(mediaType(response).replace("/", "~1"));
    List<JsonNode> alternatives = new ArrayList<>();
    for (JsonNode schema : declared.at(place + "/oneOf")) {
      JsonNode one = declared.deepCopy();
      ((ObjectNode) one.at(place)).removeAll().setAll((ObjectNode) schema);
      alternatives.add(one);
    }
    return alternatives.isEmpty() ? List.of(declared) : alternatives;
  }

  private static String mediaType(Response response) {
    return String.valueOf(response.contentType()).split(";", 2)[0].strip();
  }

  /** With {@code fields} an item lacks the other members, as the parameter says. */
  private static boolean isShaped(URI uri) {
    return uri.getRawQuery() != null && uri.getRawQuery().contains("fields=");
  }

  /** What was accepted must be declared: each parameter, and the values that it may have. */
  private List<String> wrongParameters(Operation operation, URI uri) {
    if (uri.getRawQuery() == null) {
      return List.of();
    }
    Map<String, JsonNode> declared = contract.parameterSchemas(operation, "query");
    List<String> violations = new ArrayList<>();
    for (String pair : uri.getRawQuery().split("&", -1)) {
      int sign = pair.indexOf('=');
      String name = pair.substring(0, sign < 0 ? pair.length() : sign);
      JsonNode schema = declared.get(name);
      if (schema == null) {
        violations.add("query parameter " + name + " is not declared");
      } else {
        String value = URLDecoder.decode(pair.substring(sign + 1), StandardCharsets.UTF_8);
        contract
            .violations(schema, queryValue(contract.resolve(schema), value.strip()))
            .forEach(each -> violations.add("query parameter " + name + ": " + each));
      }
    }
    return violations;
  }

  private JsonNode queryValue(JsonNode schema, String value) {
    return switch (schema.path("type").asText()) {
      case "array" -> {
        ArrayNode values = MAPPER.createArrayNode();
        JsonNode items = contract.resolve(schema.path("items"));
        for (String each : value.split(",", -1)) {
          values.add(queryValue(items, each.strip()));
        }
        yield values;
      }
      case "integer", "number", "boolean" -> {
        try {
          yield MAPPER.readTree(value);
        } catch (JsonProcessingException otherText) {
          yield TextNode.valueOf(value);
        }
      }
      default -> TextNode.valueOf(value);
    };
  }

  private List<String> violations(JsonNode declared, Response response, boolean head) {
    List<String> violations = new ArrayList<>();
    declared
        .path("headers")
        .properties()
        .forEach(
            each ->
                violations.addAll(
                    header(each.getKey(), contract.resolve(each.getValue()), response)));
    violations.addAll(body(declared.path("content"), response, head));
    return violations;
  }

  private List<String> header(String name, JsonNode declared, Response response) {
    List<String> values = response.headers().getValues(name);
    if (values.isEmpty()) {
      return declared.path("required").asBoolean()
          ? List.of("header " + name + " is missing")
          : List.of();
    }
    JsonNode schema = declared.path("schema");
    return values.stream()
        .flatMap(value -> contract.violations(schema, headerValue(schema, value)).stream())
        .map(violation -> "header " + name + ": " + violation)
        .toList();
  }

  private static JsonNode headerValue(JsonNode schema, String value) {
    return schema.path("type").asText().equals("integer")
        ? IntNode.valueOf(Integer.parseInt(value))
        : TextNode.valueOf(value);
  }

  private List<String> body(JsonNode content, Response response, boolean head) {
    byte[] body = response.asByteArray();
    if (content.isMissingNode() || head) {
      return body.length == 0 ? List.of() : List.of("there must be no body");
    }
    String mediaType = mediaType(response);
    JsonNode declared = content.path(mediaType);
    if (declared.isMissingNode()) {
      return List.of("content type " + mediaType + " is not declared");
    }
    if (mediaType.equals("application/x-ndjson")) {
      return response.asString().lines().flatMap(line -> json(declared, line).stream()).toList();
    }
    if (!mediaType.endsWith("json")) {
      return body.length > 0 ? List.of() : List.of("the body is empty");
    }
    return json(declared, response.asString());
  }

  private List<String> json(JsonNode declared, String text) {
    try {
      return contract.violations(declared.path("schema"), MAPPER.readTree(text));
    } catch (JsonProcessingException malformed) {
      return List.of("the body is not JSON: " + malformed.getOriginalMessage());
    }
  }
}
