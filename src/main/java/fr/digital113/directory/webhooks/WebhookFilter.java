package fr.digital113.directory.webhooks;

import fr.digital113.directory.sync.Sync;
import fr.digital113.directory.sync.SyncToken;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a webhook is told of, as its owner writes it and as the parameters of a copy. */
record WebhookFilter(List<String> types, @Nullable String filter) {
  private static final String TYPES = "types=";

  /** Reads the parameters of a copy. */
  static WebhookFilter of(String query) {
    List<String> types = List.of();
    List<String> others = new ArrayList<>();
    for (String each : query.split("&")) {
      if (each.startsWith(TYPES)) {
        String list = URLDecoder.decode(each.substring(TYPES.length()), StandardCharsets.UTF_8);
        types = Arrays.asList(list.split(","));
      } else {
        others.add(each);
      }
    }
    return new WebhookFilter(types, others.isEmpty() ? null : String.join("&", others));
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
