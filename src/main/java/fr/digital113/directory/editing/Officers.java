package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * Whom the cluster may name. Whom the stored facts name without consent, as they were published,
 * may stay; anybody else is named only with consent, recorded with its day, and so is who was
 * erased. This is the one place that decides it.
 */
final class Officers implements Field.Reading {
  /** The day of the consent, which the public is not shown. */
  private static final String CONSENT = "consentedOn";

  private static final Field.Reading OFFICER =
      Shapes.object(
          Shapes.required("name", Shapes.line(200)),
          Shapes.required(
              "role",
              Shapes.object(
                  Shapes.required("code", ClusterFields.CODE),
                  Shapes.required("label", ClusterFields.LABEL))),
          Shapes.required("since", Shapes.partialDate()),
          Periods.UNTIL,
          Shapes.optional(
              "earlierRole",
              Shapes.object(
                  Shapes.required("predecessor", ClusterFields.CODE),
                  Shapes.required("label", ClusterFields.LABEL))),
          Shapes.optional(CONSENT, Shapes.day()));

  /** All of them, of now, of before and to come. */
  static Field.Reading list() {
    return Periods.list(
        new Officers(),
        officer ->
            officer.path("name").asText() + '\n' + officer.path("role").path("code").asText());
  }

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    return read(body, name, codes, MissingNode.getInstance());
  }

  /**
   * {@inheritDoc}
   *
   * @param before all that are named
   */
  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes, JsonNode before) {
    JsonNode officer = OFFICER.read(body, name, codes);
    String person = officer == null ? null : Json.text(officer, "name");
    if (officer == null || person == null) {
      return null;
    }
    if (!officer.has(CONSENT) && !isPublished(person, before)) {
      body.error(
          name + "/" + CONSENT,
          "consent_required",
          new Text(
              "Cette personne n'est nommée qu'avec son accord : donnez-en le jour.",
              "This person is named only with consent: give the day of it."));
    }
    return officer;
  }

  private static boolean isPublished(String person, JsonNode officers) {
    for (JsonNode officer : officers) {
      if (person.equals(Json.text(officer, "name")) && Json.text(officer, CONSENT) == null) {
        return true;
      }
    }
    return false;
  }
}
