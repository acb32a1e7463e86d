package fr.digital113.directory.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.sync.Sync;
import fr.digital113.directory.sync.SyncToken;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a webhook is told of, as its owner writes it and as the parameters of a copy. */
record WebhookFilter(List<String> types, @Nullable String filter) {
  private static final String TYPES = "types=";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Reads the parameters of a copy. */
  static WebhookFilter of(String query) {
    List<String> types = List.of();
    List<String> others = new ArrayList<>();
    for (String each : query.split("&", 0)) {
      if (each.startsWith(TYPES)) {
        String list = URLDecoder.decode(each.substring(TYPES.length()), StandardCharsets.UTF_8);
        types = Arrays.asList(list.split(",", 0));
      } else {
        others.add(each);
      }
    }
    return new WebhookFilter(types, others.isEmpty() ? null : String.join("&", others));
  }

  /** The parameters one by one, as they are kept. */
  static String parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    for (String each : query.split("&", 0)) {
      String[] pair = each.split("=", 2);
      parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    try {
      return MAPPER.writeValueAsString(parameters);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The query string, in its canonical form, of parameters as they are kept. */
  static String query(String parameters) {
    try {
      return MAPPER
          .readValue(parameters, new TypeReference<TreeMap<String, String>>() {})
          .entrySet()
          .stream()
          .map(each -> each.getKey() + "=" + encoded(each.getValue()))
          .collect(Collectors.joining("&"));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("jsonb that is not JSON", impossible);
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private String query() {
    return TYPES + String.join(",", types) + (filter == null ? "" : "&" + filter);
  }

  /**
   * Where somebody stands who has all of it now. The token has the parameters in their canonical
   * form.
   *
   * @throws ProblemException 422 when it finds nothing that could be told
   */
  SyncToken now(Sync sync) {
    try {
      return sync.now(query());
    } catch (ProblemException problem) {
      if (problem.type() != ProblemType.INVALID_PARAMETER) {
        throw problem;
      }
      throw JsonBody.invalid(
          problem.errors().stream().map(WebhookFilter::inBody).collect(Collectors.toList()));
    }
  }

  private static FieldError inBody(FieldError error) {
    String parameter = error.parameter();
    if (parameter == null || parameter.equals("types")) {
      return FieldError.at("/types", error.code(), error.message());
    }
    return FieldError.at(
        "/filter",
        error.code(),
        new Text(
            "« " + parameter + " » : " + error.message().fr(),
            "\"" + parameter + "\": " + error.message().en()));
  }
}
