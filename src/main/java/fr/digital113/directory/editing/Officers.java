package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom the cluster may name. Its officers are named as the published facts name them, which the
 * program carries ({@code reference/cluster.json}); anybody else only with consent, recorded with
 * its day. This is the one place that decides it.
 */
final class Officers implements Field.Reading {
  /** The day of the consent, which the public is not shown. */
  private static final String CONSENT = "consentedOn";

  private static final Set<String> PUBLISHED = published();

  private static final Field.Reading OFFICER =
      Shapes.object(
          Shapes.required("name", Shapes.line(200)),
          Shapes.required(
              "role",
              Shapes.object(
                  Shapes.required("code", ClusterFields.CODE),
                  Shapes.required("label", ClusterFields.LABEL))),
          Shapes.required("since", Shapes.partialDate()),
          Shapes.optional(
              "earlierRole",
              Shapes.object(
                  Shapes.required("predecessor", ClusterFields.CODE),
                  Shapes.required("label", ClusterFields.LABEL))),
          Shapes.optional(CONSENT, Shapes.day()));

  private static Set<String> published() {
    Set<String> names = new HashSet<>();
    try (InputStream facts =
        Objects.requireNonNull(Officers.class.getResourceAsStream("/reference/cluster.json"))) {
      new ObjectMapper()
          .readTree(facts)
          .path("governance")
          .forEach(officer -> names.add(officer.path("name").asText()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return Set.copyOf(names);
  }

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    JsonNode read = OFFICER.read(body, name, codes);
    if (!(read instanceof ObjectNode officer) || Json.text(officer, "name") == null) {
      return null;
    }
    String consent = Json.text(officer, CONSENT);
    if (consent == null && !PUBLISHED.contains(officer.path("name").asText())) {
      body.error(
          name + "/" + CONSENT,
          "consent_required",
          new Text(
              "Cette personne n'est nommée qu'avec son accord : donnez-en le jour.",
              "This person is named only with consent: give the day of it."));
    } else if (consent != null && LocalDate.parse(consent).isAfter(codes.today())) {
      body.error(
          name + "/" + CONSENT,
          "in_future",
          new Text("Ce jour est à venir.", "This day is yet to come."));
    }
    return officer;
  }
}
