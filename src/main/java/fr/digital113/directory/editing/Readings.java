package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.values.KnownCodes;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the kinds of members are read, with the same rules for values as files. */
final class Readings {
  static final Set<String> LANGUAGES =
      Arrays.stream(Language.values()).map(Language::tag).collect(Collectors.toSet());

  /** The members of a company that may be a person's. */
  static final Set<String> CONTACTS = Set.of("email", "phone");

  /** The first day that is taken of anything. */
  static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_LINKS = 50;
  private static final int LONGEST_NETWORK = 50;

  private Readings() {}

  /** A text that a parser takes. */
  static Field.Reading text(Parser<String> parser) {
    return (body, name, codes) -> {
      String text = Parser.parsed(body, name, body.text(name), parser);
      return text == null ? null : JSON.textNode(text);
    };
  }

  /** One of a few codes. */
  static Field.Reading one(Collection<String> valid) {
    return (body, name, codes) -> {
      String code = body.one(name, valid);
      return code == null ? null : JSON.textNode(code);
    };
  }

  static Field.Reading integer(int low, int high) {
    return (body, name, codes) -> {
      Integer number = body.integer(name, low, high);
      return number == null ? null : JSON.numberNode(number);
    };
  }

  static Field.Reading flag() {
    return (body, name, codes) -> {
      Boolean flag = body.flag(name);
      return flag == null ? null : JSON.booleanNode(flag);
    };
  }

  /** A text per language. */
  static Field.Reading localized(int longest) {
    return localized(Texts.paragraphs(longest), false);
  }

  /** A text of one line per language. */
  static Field.Reading localizedLine(int longest) {
    return localized(Texts.line(longest), false);
  }

  /** A text in each language: what is shown where readers must find it in theirs. */
  static Field.Reading everyLanguage(Parser<String> parser) {
    return localized(parser, true);
  }

  /** A text in one language at least. */
  static Field.Reading anyLanguage(Parser<String> parser) {
    return localized(parser, false);
  }

  private static Field.Reading localized(Parser<String> parser, boolean each) {
    return (body, name, codes) -> {
      JsonBody texts = body.object(name);
      if (texts == null) {
        return null;
      }
      ObjectNode read = JSON.objectNode();
      boolean wrong = false;
      for (Language language : Language.values()) {
        String tag = language.tag();
        if (each) {
          texts.required(tag);
        }
        String text = Parser.parsed(texts, tag, texts.text(tag), parser);
        if (text != null) {
          read.put(tag, text);
        } else {
          wrong |= texts.node(tag) != null;
        }
      }
      return wrong ? null : read;
    };
  }

  /** Codes without repetition, in their order. */
  static Field.Reading codes(int most, Field.Code code) {
    return (body, name, codes) -> {
      List<String> given = body.texts(name, most);
      if (given == null) {
        return null;
      }
      Set<String> read = new LinkedHashSet<>();
      for (int i = 0; i < given.size(); i++) {
        String value =
            Parser.parsed(body, name + "/" + i, given.get(i), text -> code.of(text, codes));
        if (value != null) {
          read.add(value);
        }
      }
      ArrayNode array = JSON.arrayNode();
      read.forEach(array::add);
      return array;
    };
  }

  /** One code. */
  static Field.Reading code(Field.Code code) {
    return (body, name, codes) -> {
      String value = Parser.parsed(body, name, body.text(name), text -> code.of(text, codes));
      return value == null ? null : JSON.textNode(value);
    };
  }

  /** WGS84 degrees. */
  static Field.Reading location() {
    return (body, name, codes) -> {
      JsonBody point = body.object(name);
      if (point == null) {
        return null;
      }
      point.required("lat");
      point.required("lon");
      Double lat = point.number("lat", -90, 90);
      Double lon = point.number("lon", -180, 180);
      return lat == null || lon == null ? null : JSON.objectNode().put("lat", lat).put("lon", lon);
    };
  }

  /** A day that is neither to come nor of another age, such as that of a consent. */
  static @Nullable String dayThatHasCome(JsonBody body, String name, Codes codes) {
    LocalDate day = pastDay(body, name);
    if (day != null && day.isAfter(codes.today())) {
      inTheFuture(body, name);
    }
    return day == null ? null : day.toString();
  }

  /** A day that has come. */
  static Field.Reading dayUntilToday() {
    return (body, name, codes) -> {
      LocalDate day = pastDay(body, name);
      if (day != null && day.isAfter(codes.today())) {
        inTheFuture(body, name);
      }
      return day == null ? null : JSON.textNode(day.toString());
    };
  }

  private static void inTheFuture(JsonBody body, String name) {
    body.error(
        name, "in_the_future", new Text("Ce jour est à venir.", "This day is still to come."));
  }

  /** A day of the times that the directory tells of. */
  static @Nullable LocalDate pastDay(JsonBody body, String name) {
    LocalDate day = body.date(name);
    if (day != null && day.isBefore(EARLIEST)) {
      body.error(
          name,
          "out_of_range",
          new Text("Au plus tôt le %s.", "On %s at the earliest.").with(EARLIEST));
      return null;
    }
    return day;
  }

  /** Addresses by the name of a social network. */
  static Field.Reading social() {
    return (body, name, codes) -> {
      JsonBody links = body.object(name);
      if (links == null) {
        return null;
      }
      ObjectNode read = JSON.objectNode();
      if (links.names().size() > MOST_LINKS) {
        body.error(
            name, "too_many_values", new Text("Au plus %d.", "At most %d.").with(MOST_LINKS));
        return null;
      }
      for (String network : links.names()) {
        String address = Parser.parsed(links, network, links.text(network), Texts::url);
        if (network.length() > LONGEST_NETWORK
            || !network.equals(network.toLowerCase(Locale.ROOT))
            || !network.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
          links.error(
              JsonBody.escaped(network),
              "invalid_social",
              new Text(
                  "Le nom du réseau est en minuscules sans accent.",
                  "The name of the network is in unaccented lower-case letters."));
        } else if (address != null) {
          read.put(network, address);
        }
      }
      return read;
    };
  }

  /** An activity code; the nomenclature may be left out where only one has the code. */
  static @Nullable JsonNode naf(JsonBody body, String name, Codes codes) {
    JsonBody naf = body.object(name);
    if (naf == null) {
      return null;
    }
    naf.required("code");
    String nomenclature = naf.one("nomenclature", List.of("NAFRev2", "NAF2025"));
    KnownCodes.Naf found =
        Parser.parsed(
            naf,
            "code",
            naf.text("code"),
            text -> codes.known().naf(text.toUpperCase(Locale.ROOT), nomenclature));
    return found == null
        ? null
        : JSON.objectNode().put("code", found.code()).put("nomenclature", found.nomenclature());
  }
}
