package fr.digital113.directory.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.ProblemException.FieldError;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request's body, read as {@link QueryParameters} reads a query: every member
 * through here, every mistake collected with its place (RFC 6901), so that {@link #check()} names
 * them all at once. A member that is null counts as absent.
 */
public final class JsonBody {
  private static final int MAX_ERRORS = 20;
  private static final int DAY_LENGTH = 10; // years beyond 9999 would have a sign
  private static final Text REQUIRED =
      new Text("Ce membre est obligatoire.", "This member is required.");

  private final JsonNode given;
  private final String pointer;
  private final Mistakes mistakes;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<JsonBody> inner = new ArrayList<>();

  /** All are counted, and the first kept: what is sent must not grow in memory. */
  private static final class Mistakes {
    final List<FieldError> first = new ArrayList<>();
    int count;

    void add(FieldError mistake) {
      count++;
      if (first.size() < MAX_ERRORS) {
        first.add(mistake);
      }
    }
  }

  private JsonBody(JsonNode given, String pointer, Mistakes mistakes) {
    this.given = given;
    this.pointer = pointer;
    this.mistakes = mistakes;
    if (!given.isObject()) {
      wrongType(pointer, "un objet", "an object");
    }
  }

  /** Reads the whole body. */
  public static JsonBody of(JsonNode body) {
    return new JsonBody(body, "", new Mistakes());
  }

  /** The same place with other members; mistakes are noted together. */
  public JsonBody instead(JsonNode other) {
    return new JsonBody(other, pointer, mistakes);
  }

  /** Whether a member was given, null included. */
  public boolean has(String name) {
    known.add(name);
    return given.has(name);
  }

  /** A member of any type; null when it is absent or null. */
  public @Nullable JsonNode node(String name) {
    known.add(name);
    JsonNode node = given.get(name);
    return node == null || node.isNull() ? null : node;
  }

  /** A member of any type that must be there. Its absence is noted, and null returned. */
  public @Nullable JsonNode required(String name) {
    JsonNode node = node(name);
    if (node == null) {
      error(name, "required", REQUIRED);
    }
    return node;
  }

  /** A text. */
  public @Nullable String text(String name) {
    JsonNode node = node(name);
    if (node != null && !node.isTextual()) {
      wrongType(at(name), "un texte", "a text");
    }
    return node == null ? null : node.textValue();
  }

  /** One of the valid texts. */
  public @Nullable String one(String name, Collection<String> valid) {
    String value = text(name);
    if (value == null || valid.contains(value)) {
      return value;
    }
    error(name, "unknown_value", listOf(valid));
    return null;
  }

  /** True or false. */
  public @Nullable Boolean flag(String name) {
    JsonNode node = node(name);
    if (node != null && !node.isBoolean()) {
      wrongType(at(name), "true ou false", "true or false");
      return null;
    }
    return node == null ? null : node.booleanValue();
  }

  /** A whole number between two bounds. */
  public @Nullable Integer integer(String name, int low, int high) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    if (!node.isIntegralNumber()) {
      wrongType(at(name), "un entier", "a whole number");
      return null;
    }
    if (!node.canConvertToInt() || node.intValue() < low || node.intValue() > high) {
      outOfRange(name, low, high);
      return null;
    }
    return node.intValue();
  }

  /** A number between two bounds. */
  public @Nullable Double number(String name, int low, int high) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    if (!node.isNumber()) {
      wrongType(at(name), "un nombre", "a number");
      return null;
    }
    double number = node.doubleValue();
    if (!(number >= low && number <= high)) {
      outOfRange(name, low, high);
      return null;
    }
    return number;
  }

  /** A day, {@code YYYY-MM-DD}. */
  public @Nullable LocalDate date(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      if (value.length() == DAY_LENGTH) {
        return LocalDate.parse(value);
      }
    } catch (DateTimeParseException notADate) {
      // told below, like any other text
    }
    error(
        name,
        "invalid_date",
        new Text("Une date AAAA-MM-JJ est attendue.", "A date YYYY-MM-DD is expected."));
    return null;
  }

  /** A moment to come, with its offset (RFC 3339). */
  public @Nullable OffsetDateTime future(String name) {
    String value = text(name);
    OffsetDateTime moment = value == null ? null : parsed(value);
    if (value == null
        || (moment != null && moment.isAfter(OffsetDateTime.now(moment.getOffset())))) {
      return moment;
    }
    error(
        name,
        "invalid_time",
        new Text(
            "Un instant à venir avec son décalage est attendu, comme 2027-01-31T12:00:00+01:00.",
            "A time to come with its offset is expected, such as 2027-01-31T12:00:00+01:00."));
    return null;
  }

  /** A moment that has passed, with its offset (RFC 3339). */
  public @Nullable OffsetDateTime past(String name) {
    String value = text(name);
    OffsetDateTime moment = value == null ? null : parsed(value);
    if (value == null
        || (moment != null && !moment.isAfter(OffsetDateTime.now(moment.getOffset())))) {
      return moment;
    }
    error(
        name,
        "invalid_time",
        new Text(
            "Un instant passé avec son décalage est attendu, comme 2026-01-31T12:00:00+01:00.",
            "A time in the past with its offset is expected, such as 2026-01-31T12:00:00+01:00."));
    return null;
  }

  /** A moment with its offset (RFC 3339), of whole seconds. */
  public @Nullable OffsetDateTime moment(String name) {
    String value = text(name);
    OffsetDateTime moment = value == null ? null : parsed(value);
    if (value == null || (moment != null && moment.getNano() == 0)) {
      return moment;
    }
    error(
        name,
        "invalid_time",
        new Text(
            "Un instant avec son décalage est attendu, comme 2027-01-31T18:00:00+01:00.",
            "A time with its offset is expected, such as 2027-01-31T18:00:00+01:00."));
    return null;
  }

  private static @Nullable OffsetDateTime parsed(String value) {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(value);
      return moment.getYear() >= 0 && moment.getYear() <= 9999 ? moment : null;
    } catch (DateTimeParseException noMoment) {
      return null;
    }
  }

  /** An array of texts; null when it is absent, without those that are no texts. */
  public @Nullable List<String> texts(String name, int most) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    if (!node.isArray()) {
      wrongType(at(name), "un tableau", "an array");
      return null;
    }
    if (node.size() > most) {
      tooMany(name, most);
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      if (node.path(i).isTextual()) {
        texts.add(node.path(i).textValue());
      } else {
        wrongType(at(name) + "/" + i, "un texte", "a text");
      }
    }
    return texts;
  }

  /** An object inside; null when it is absent or something else. */
  public @Nullable JsonBody object(String name) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    JsonBody object = new JsonBody(node, at(name), mistakes);
    inner.add(object);
    return node.isObject() ? object : null;
  }

  /**
   * The elements of an array, as members that are named by their places; null when it is absent or
   * something else.
   */
  public @Nullable JsonBody items(String name, int most) {
    JsonNode node = node(name);
    if (node == null) {
      return null;
    }
    if (!node.isArray()) {
      wrongType(at(name), "un tableau", "an array");
      return null;
    }
    if (node.size() > most) {
      tooMany(name, most);
      return null;
    }
    ObjectNode elements = emptyObject();
    for (int i = 0; i < node.size(); i++) {
      elements.set(Integer.toString(i), node.path(i));
    }
    JsonBody items = new JsonBody(elements, at(name), mistakes);
    inner.add(items);
    return items;
  }

  private void tooMany(String name, int most) {
    error(
        name, "too_many_values", new Text("Au plus %d valeurs.", "At most %d values.").with(most));
  }

  /** The members that this object has, in their order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    given.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Adds an error of a member, or of a place inside it such as {@code sectors/1}. */
  public void error(String name, String code, Text message) {
    mistakes.add(FieldError.at(pointer + "/" + name, code, message));
  }

  /** Whether nothing was wrong so far. */
  public boolean isSound() {
    return mistakes.count == 0;
  }

  /** Notes members that nobody asked for, and lists the valid ones. */
  public void noteUnknown() {
    Text valid = null; // made once: a body may have a hundred thousand names
    for (String name : names()) {
      if (!known.contains(name)) {
        valid = valid == null ? listOf(known) : valid;
        mistakes.add(
            FieldError.at(
                at(shorten(name)),
                "unknown_member",
                new Text("Membre inconnu. " + valid.fr(), "Unknown member. " + valid.en())));
      }
    }
    inner.forEach(JsonBody::noteUnknown);
  }

  /**
   * Notes members that nobody asked for inside the members of this object's own; a merge patch has
   * looked at those by itself, as what it removes is not there any more.
   */
  public void noteUnknownWithin() {
    inner.forEach(each -> each.inner.forEach(JsonBody::noteUnknown));
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException 422 when anything is wrong, naming all of it
   */
  public void check() {
    noteUnknown();
    refuseErrors();
  }

  /**
   * Refuses the mistakes noted so far.
   *
   * @throws ProblemException 422 when there are any
   */
  public void refuseErrors() {
    if (mistakes.count > 0) {
      throw invalid(mistakes.first, mistakes.count);
    }
  }

  /** The problem of a body with these mistakes. */
  public static ProblemException invalid(List<FieldError> errors) {
    return invalid(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)), errors.size());
  }

  private static ProblemException invalid(List<FieldError> first, int count) {
    return new ProblemException(
        ProblemType.INVALID_BODY,
        new Text(
                "Le corps contient %d erreur(s) ; voir « errors ».",
                "The body has %d error(s); see \"errors\".")
            .with(count),
        first);
  }

  /** An empty object. */
  public static ObjectNode emptyObject() {
    return JsonNodeFactory.instance.objectNode();
  }

  private String at(String name) {
    return pointer + "/" + escaped(name);
  }

  /** A name as a part of a pointer. */
  public static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private void wrongType(String place, String fr, String en) {
    mistakes.add(
        FieldError.at(
            place, "wrong_type", new Text("Il faut " + fr + ".", "This must be " + en + ".")));
  }

  private void outOfRange(String name, int low, int high) {
    error(name, "out_of_range", new Text("De %d à %d.", "From %d to %d.").with(low, high));
  }

  private static Text listOf(Collection<String> valid) {
    String list = String.join(", ", valid);
    return new Text("Valides : " + list + ".", "Valid: " + list + ".");
  }

  private static String shorten(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "…";
  }
}
