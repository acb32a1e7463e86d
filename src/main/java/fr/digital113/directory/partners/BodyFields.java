package fr.digital113.directory.partners;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON body. Every mistake is collected, so that {@link #check()} can name them
 * all at once, by their pointers (RFC 6901).
 */
final class BodyFields {
  private static final int LONGEST = 200;
  private static final int MAX_ITEMS = 20;
  private static final int MAX_ERRORS = 20;

  private final JsonNode body;
  private final Set<String> known = new TreeSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * @throws ProblemException when there is no JSON object
   */
  BodyFields(@Nullable JsonNode body) {
    if (body == null || !body.isObject()) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          new Text("Le corps doit être un objet JSON.", "The body must be a JSON object."));
    }
    this.body = body;
  }

  boolean has(String name) {
    return body.has(name);
  }

  /** A short line of text; null when it is absent or null. */
  @Nullable String text(String name) {
    JsonNode value = member(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    String text = value.isTextual() ? value.textValue().strip() : "";
    if (text.isEmpty()
        || text.length() > LONGEST
        || text.chars().anyMatch(Character::isISOControl)) {
      error(
          "/" + name,
          "invalid_text",
          new Text(
                  "Un texte de 1 à %d caractères, sur une ligne, est attendu.",
                  "A text of 1 to %d characters, on one line, is expected.")
              .with(LONGEST));
      return null;
    }
    return text;
  }

  /** A text that must be there; empty when it is not, which {@link #check()} tells. */
  String required(String name) {
    String text = text(name);
    if (text == null && (member(name).isMissingNode() || member(name).isNull())) {
      error(
          "/" + name,
          "required",
          new Text("Ce champ est obligatoire.", "This member is required."));
    }
    return text == null ? "" : text;
  }

  /** One of the valid values; null when it is absent or null. */
  @Nullable String one(String name, Collection<String> valid) {
    JsonNode value = member(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return known("/" + name, value, valid);
  }

  /** Any of the valid values; null when they are absent. */
  @Nullable Set<String> anyOf(String name, Collection<String> valid) {
    return set(name, (pointer, value) -> known(pointer, value, valid));
  }

  /** What reads one item of an array, and tells what is wrong with it. */
  interface Item {
    @Nullable String read(String pointer, JsonNode value);
  }

  /** The items of an array, each once; null when they are absent or not all valid. */
  @Nullable Set<String> set(String name, Item item) {
    JsonNode array = member(name);
    if (array.isMissingNode() || array.isNull()) {
      return null;
    }
    if (!array.isArray() || array.size() > MAX_ITEMS) {
      error(
          "/" + name,
          "invalid_array",
          new Text(
                  "Une liste de %d valeurs au plus est attendue.",
                  "An array of at most %d values is expected.")
              .with(MAX_ITEMS));
      return null;
    }
    Set<String> items = new LinkedHashSet<>();
    boolean valid = true;
    for (int i = 0; i < array.size(); i++) {
      String read = item.read("/" + name + "/" + i, array.path(i));
      if (read == null) {
        valid = false;
      } else {
        items.add(read);
      }
    }
    return valid ? items : null;
  }

  /** A time to come, with its offset; null when it is absent or null. */
  @Nullable OffsetDateTime future(String name) {
    JsonNode value = member(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(value.asText());
      if (time.isAfter(OffsetDateTime.now(time.getOffset())) && time.getYear() <= 9999) {
        return time;
      }
    } catch (DateTimeParseException noTime) {
      // told below
    }
    error(
        "/" + name,
        "invalid_time",
        new Text(
            "Un instant à venir avec son décalage est attendu, comme 2027-01-31T12:00:00+01:00.",
            "A time to come with its offset is expected, such as 2027-01-31T12:00:00+01:00."));
    return null;
  }

  /** A whole number between two bounds. */
  int integer(String name, int low, int high, int otherwise) {
    JsonNode value = member(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (value.isIntegralNumber()
        && value.canConvertToInt()
        && value.intValue() >= low
        && value.intValue() <= high) {
      return value.intValue();
    }
    error(
        "/" + name,
        "out_of_range",
        new Text("Un entier de %d à %d est attendu.", "A whole number from %d to %d is expected.")
            .with(low, high));
    return otherwise;
  }

  void error(String pointer, String code, Text message) {
    errors.add(FieldError.at(pointer, code, message));
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException when anything is wrong, naming all of it
   */
  void check() {
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                error(
                    "/" + name.replace("~", "~0").replace("/", "~1"),
                    "unknown_member",
                    listOf(known));
              }
            });
    if (!errors.isEmpty()) {
      throw new ProblemException(
          ProblemType.INVALID_BODY,
          new Text(
                  "Le corps contient %d erreur(s) ; voir « errors ».",
                  "The body has %d error(s); see \"errors\".")
              .with(errors.size()),
          errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
    }
  }

  private @Nullable String known(String pointer, JsonNode value, Collection<String> valid) {
    if (value.isTextual() && valid.contains(value.textValue())) {
      return value.textValue();
    }
    error(pointer, "unknown_value", listOf(valid));
    return null;
  }

  private JsonNode member(String name) {
    known.add(name);
    return body.path(name);
  }

  private static Text listOf(Collection<String> valid) {
    String list = String.join(", ", valid);
    return new Text("Valides : " + list + ".", "Valid: " + list + ".");
  }
}
