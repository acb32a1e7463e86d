package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Readings of values that are kept as one document: objects and lists of what {@link Readings}
 * read.
 */
final class Shapes {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_ITEMS = 100;
  private static final int LARGEST = 2_000_000_000;

  private Shapes() {}

  /** A member of an object. */
  record Member(String name, boolean required, Field.Reading reading) {}

  static Member required(String name, Field.Reading reading) {
    return new Member(name, true, reading);
  }

  static Member optional(String name, Field.Reading reading) {
    return new Member(name, false, reading);
  }

  /** An object with these members and no other. */
  static Field.Reading object(Member... members) {
    return (body, name, codes) -> {
      JsonBody object = body.object(name);
      if (object == null) {
        return null;
      }
      ObjectNode read = JSON.objectNode();
      for (Member member : members) {
        JsonNode given =
            member.required() ? object.required(member.name()) : object.node(member.name());
        JsonNode value = given == null ? null : member.reading().read(object, member.name(), codes);
        if (value != null) {
          read.set(member.name(), value);
        }
      }
      return read;
    };
  }

  /** An object in which one of some members has to be there. */
  static Field.Reading atLeastOneOf(List<String> members, Field.Reading object) {
    return (body, name, codes) -> {
      JsonNode read = object.read(body, name, codes);
      JsonNode given = body.node(name);
      if (read != null && given != null && members.stream().noneMatch(given::hasNonNull)) {
        body.error(
            name + "/" + members.get(0),
            "required",
            new Text(
                "L'un de ces membres est obligatoire : " + String.join(", ", members) + ".",
                "One of these members is required: " + String.join(", ", members) + "."));
      }
      return read;
    };
  }

  /** The names of members, for {@link Field#with}. */
  static Set<String> names(Member... members) {
    return Arrays.stream(members).map(Member::name).collect(Collectors.toSet());
  }

  /** An array; what its elements are named by (code, slug or year) is there once. */
  static Field.Reading list(Field.Reading element) {
    return list(element, Once::new);
  }

  /**
   * An array.
   *
   * @param rules makes, for each array, what its elements have to keep to beside each other
   */
  static Field.Reading list(Field.Reading element, Supplier<Rule> rules) {
    return new Elements(element, rules);
  }

  /** What the elements of one array have to keep to beside each other. */
  @FunctionalInterface
  interface Rule {
    /** Looks at the next one, and notes what is wrong with it. */
    void check(JsonBody items, String place, JsonNode value);
  }

  /** Each is named once. */
  private static final class Once implements Rule {
    private static final List<String> NAMES = List.of("code", "slug", ByYear.YEAR);

    private final Set<String> named = new HashSet<>();

    @Override
    public void check(JsonBody items, String place, JsonNode value) {
      String key = NAMES.stream().filter(value::has).findFirst().orElse(null);
      if (key != null && !named.add(value.path(key).asText())) {
        items.error(
            place + "/" + key,
            "repeated",
            new Text("Cette valeur est déjà dans la liste.", "This value is in the list already."));
      }
    }
  }

  /**
   * Reads an array.
   *
   * @param element reads each; what was there is for it the whole array of before
   */
  private record Elements(Field.Reading element, Supplier<Rule> rules) implements Field.Reading {
    @Override
    public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
      return read(body, name, codes, MissingNode.getInstance());
    }

    @Override
    public @Nullable JsonNode read(JsonBody body, String name, Codes codes, JsonNode before) {
      JsonBody items = body.items(name, MOST_ITEMS);
      if (items == null) {
        return null;
      }
      ArrayNode read = JSON.arrayNode();
      Rule rule = rules.get();
      for (String place : items.names()) {
        JsonNode value =
            items.required(place) == null ? null : element.read(items, place, codes, before);
        if (value != null) {
          rule.check(items, place, value);
          read.add(value);
        }
      }
      return read;
    }
  }

  static Field.Reading line(int longest) {
    return Readings.text(Texts.line(longest));
  }

  static Field.Reading url() {
    return Readings.text(Texts::url);
  }

  /** A figure; whole numbers stay whole. */
  static Field.Reading figure() {
    return (body, name, codes) -> {
      Double number = body.number(name, 0, LARGEST);
      if (number == null) {
        return null;
      }
      return number == Math.rint(number)
          ? JSON.numberNode(number.longValue())
          : JSON.numberNode(number);
    };
  }

  /** A day that has come. */
  static Field.Reading day() {
    return (body, name, codes) -> {
      String day = Readings.dayThatHasCome(body, name, codes);
      return day == null ? null : JSON.textNode(day);
    };
  }

  /** A day, a month or a year, of 1600 and after as years are elsewhere. */
  static Field.Reading partialDate() {
    return (body, name, codes) -> {
      String text = body.text(name);
      if (text == null || isPartialDate(text)) {
        return text == null ? null : JSON.textNode(text);
      }
      body.error(
          name,
          "invalid_date",
          new Text(
              "Une date AAAA, AAAA-MM ou AAAA-MM-JJ est attendue.",
              "A date YYYY, YYYY-MM or YYYY-MM-DD is expected."));
      return null;
    };
  }

  private static boolean isPartialDate(String text) {
    if (!text.matches("(1[6-9]|2[0-9])[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?")) {
      return false;
    }
    try {
      switch (text.length()) {
        case 4 -> Year.parse(text);
        case 7 -> YearMonth.parse(text);
        default -> LocalDate.parse(text);
      }
      return true;
    } catch (DateTimeException noSuchDay) {
      return false;
    }
  }

  static Field.Reading currency() {
    return (body, name, codes) -> {
      String code = body.text(name);
      if (code == null) {
        return null;
      }
      if (Currency.getAvailableCurrencies().stream()
          .noneMatch(each -> each.getCurrencyCode().equals(code))) {
        body.error(
            name,
            "unknown_currency",
            new Text("Un code ISO 4217 est attendu.", "An ISO 4217 code is expected."));
        return null;
      }
      return JSON.textNode(code);
    };
  }

  /** A territory by its code; level and name follow from it, as they are today. */
  static Field.Reading place(Member... also) {
    Member[] members =
        Arrays.copyOf(
            new Member[] {
              required("code", line(20)), optional("level", line(20)), optional("name", line(200))
            },
            3 + also.length);
    System.arraycopy(also, 0, members, 3, also.length);
    Field.Reading given = object(members);
    return (body, name, codes) -> {
      JsonNode place = given.read(body, name, codes);
      String code = place == null ? null : Json.text(place, "code");
      if (!(place instanceof ObjectNode read) || code == null) {
        return null;
      }
      Codes.Territory territory = codes.territory(code).orElse(null);
      if (territory == null) {
        body.error(
            name + "/code",
            "unknown_territory",
            new Text("Code de territoire inconnu.", "Unknown code of a territory."));
        return null;
      }
      return read.put("code", territory.code())
          .put("level", territory.level())
          .put("name", territory.name());
    };
  }

  /** A sector by its slug; its label is that of the sector unless the cluster words it itself. */
  static Field.Reading sector() {
    Field.Reading given =
        object(
            required("slug", line(500)),
            optional("label", Readings.everyLanguage(Texts.line(200))));
    return (body, name, codes) -> {
      JsonNode sector = given.read(body, name, codes);
      String slug = sector == null ? null : Json.text(sector, "slug");
      if (!(sector instanceof ObjectNode read) || slug == null) {
        return null;
      }
      Codes.Sector known = codes.sector(slug).orElse(null);
      if (known == null) {
        body.error(
            name + "/slug", "unknown_sector", new Text("Secteur inconnu.", "Unknown sector."));
        return null;
      }
      if (!read.has("label")) {
        read.putObject("label").put("fr", known.fr()).put("en", known.en());
      }
      return read;
    };
  }
}
