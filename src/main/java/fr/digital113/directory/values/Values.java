package fr.digital113.directory.values;

import fr.digital113.directory.web.Slugs;
import fr.digital113.directory.web.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a cell may say, by the kind of value. A reading is either certain or refused. */
public final class Values {
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private static final Pattern SCHEME =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):(?!\\d).*", Pattern.DOTALL);
  private static final Pattern EMAIL =
      Pattern.compile(
          "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9 .()/-]{4,30}");
  private static final Pattern DATE =
      Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})|(\\d{1,2})/(\\d{1,2})/(\\d{4})");
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int LONGEST_SLUG = 500;
  private static final Pattern NETWORK = Pattern.compile("[a-z]{1,50}");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private Values() {}

  /** Text on one line, with single spaces. */
  public static Parser<String> line(int longest) {
    return cell -> Texts.checked(CellText.line(cell), longest);
  }

  /** Text that may have several lines. */
  public static Parser<String> paragraphs(int longest) {
    return cell -> Texts.checked(cell, longest);
  }

  public static UUID id(String cell) throws BadValueException {
    try {
      if (cell.length() == 36) {
        return UUID.fromString(cell);
      }
    } catch (IllegalArgumentException notHex) {
      // refused below
    }
    throw new BadValueException(
        "invalid_id", "Ce n'est pas un identifiant (UUID).", "This is no id (UUID).");
  }

  public static String slug(String cell) throws BadValueException {
    if (!SLUG.matcher(cell).matches() || Slugs.isReference(cell)) {
      throw new BadValueException(
          "invalid_slug",
          "Un slug a des minuscules sans accent, des chiffres et des tirets, et n'est ni un nombre ni un identifiant.",
          "A slug has lower-case unaccented letters, digits and hyphens, and is neither a number nor an id.");
    }
    return Texts.checked(cell, LONGEST_SLUG);
  }

  /**
   * Nine digits that pass Luhn; the zero that Excel drops at the start comes back when Luhn agrees.
   */
  public static String siren(String cell) throws BadValueException {
    String digits = digits(cell, "invalid_siren");
    String full = digits.length() == 8 ? "0" + digits : digits;
    if (full.length() != 9 || !Identifiers.isSiren(full)) {
      throw new BadValueException(
          "invalid_siren",
          "Un SIREN a 9 chiffres, dont une clé de contrôle (Luhn) qui ne va pas ici.",
          "A SIREN has 9 digits with a check digit (Luhn), which does not fit here.");
    }
    return full;
  }

  /** Fourteen digits that pass Luhn, or the rule of La Poste. */
  public static String siret(String cell) throws BadValueException {
    String digits = digits(cell, "invalid_siret");
    String full = digits.length() == 13 ? "0" + digits : digits;
    if (full.length() != 14 || !Identifiers.isSiret(full)) {
      throw new BadValueException(
          "invalid_siret",
          "Un SIRET a 14 chiffres, dont une clé de contrôle (Luhn) qui ne va pas ici.",
          "A SIRET has 14 digits with a check digit (Luhn), which does not fit here.");
    }
    return full;
  }

  private static String digits(String cell, String code) throws BadValueException {
    if (cell.matches("[0-9]+[.,]?[0-9]*[eE]\\+?[0-9]+")) {
      throw new BadValueException(
          "digits_lost",
          "Excel a arrondi ce nombre : des chiffres sont perdus. Mettez la colonne au format texte.",
          "Excel has rounded this number: digits are lost. Format the column as text.");
    }
    String digits = cell.replaceAll("[\\s\\p{Z}.\\u2007\\u202F-]", "");
    if (!digits.matches("[0-9]+")) {
      throw new BadValueException(
          code, "Seuls des chiffres sont attendus.", "Only digits are expected.");
    }
    return digits;
  }

  public static boolean bool(String cell) throws BadValueException {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "oui", "true", "vrai", "1", "x", "yes" -> true;
      case "non", "false", "faux", "0", "no" -> false;
      default ->
          throw new BadValueException(
              "invalid_boolean",
              "Écrivez oui ou non (true ou false).",
              "Write yes or no (true or false).");
    };
  }

  /** ISO, or day/month/year. */
  public static LocalDate date(String cell) throws BadValueException {
    Matcher date = DATE.matcher(cell);
    try {
      if (date.matches()) {
        LocalDate parsed =
            date.group(1) != null
                ? LocalDate.of(number(date, 1), number(date, 2), number(date, 3))
                : LocalDate.of(number(date, 6), number(date, 5), number(date, 4));
        if (parsed.getYear() >= 1900 && parsed.getYear() <= 2100) {
          return parsed;
        }
      }
    } catch (DateTimeException notADay) {
      // refused below
    }
    throw new BadValueException(
        "invalid_date",
        "Écrivez une date AAAA-MM-JJ ou JJ/MM/AAAA.",
        "Write a date YYYY-MM-DD or DD/MM/YYYY.");
  }

  private static int number(Matcher date, int group) {
    return Integer.parseInt(date.group(group));
  }

  public static Parser<Integer> integer(int low, int high) {
    return cell -> {
      String digits = SPACES.matcher(cell).replaceAll("");
      if (digits.matches("[0-9]{1,9}")) {
        int value = Integer.parseInt(digits);
        if (value >= low && value <= high) {
          return value;
        }
      }
      throw new BadValueException(
          "invalid_number",
          new Text("Un entier de %d à %d est attendu.", "A whole number from %d to %d is expected.")
              .with(low, high));
    };
  }

  /** Degrees, with a decimal point or comma. */
  public static Parser<Double> degrees(int bound) {
    return cell -> {
      String number = cell.replace(',', '.');
      if (number.matches("[+-]?[0-9]{1,3}(\\.[0-9]+)?")) {
        double value = Double.parseDouble(number);
        if (Math.abs(value) <= bound) {
          return value;
        }
      }
      throw new BadValueException(
          "invalid_coordinate",
          new Text(
                  "Des degrés WGS84 de -%d à %d sont attendus.",
                  "WGS84 degrees from -%d to %d are expected.")
              .with(bound, bound));
    };
  }

  /** An http or https address; https when no scheme is written. */
  public static String url(String cell) throws BadValueException {
    Matcher scheme = SCHEME.matcher(cell);
    if (scheme.matches() && !scheme.group(1).toLowerCase(Locale.ROOT).matches("https?")) {
      throw badUrl();
    }
    String address = scheme.matches() ? cell : "https://" + cell;
    if (!address.startsWith("http")) {
      address = address.substring(0, 5).toLowerCase(Locale.ROOT) + address.substring(5);
    }
    try {
      URI uri = new URI(address);
      String host = uri.getHost();
      if (host != null
          && host.indexOf('.') > 0
          && uri.getRawUserInfo() == null
          && address.matches("https?://.*")
          && address.length() <= 2_000) {
        return address;
      }
    } catch (URISyntaxException malformed) {
      // refused below
    }
    throw badUrl();
  }

  static BadValueException badUrl() {
    return new BadValueException(
        "invalid_url", "Une adresse http(s) est attendue.", "An http(s) address is expected.");
  }

  public static String email(String cell) throws BadValueException {
    if (cell.length() > 254 || !EMAIL.matcher(cell).matches() || cell.contains("..")) {
      throw new BadValueException(
          "invalid_email", "Ce n'est pas une adresse e-mail.", "This is no e-mail address.");
    }
    return cell;
  }

  public static String phone(String cell) throws BadValueException {
    String phone = SPACES.matcher(cell).replaceAll(" ");
    if (!PHONE.matcher(phone).matches()) {
      throw new BadValueException(
          "invalid_phone", "Ce n'est pas un numéro de téléphone.", "This is no phone number.");
    }
    return phone;
  }

  /** One of a few codes, in any case. */
  public static Parser<String> oneOf(List<String> codes) {
    return cell -> {
      String code = cell.toLowerCase(Locale.ROOT);
      if (!codes.contains(code)) {
        throw new BadValueException(
            "unknown_value",
            new Text("Valeurs possibles : %s.", "Valid values: %s.")
                .with(String.join(", ", codes)));
      }
      return code;
    };
  }

  /** Parts between {@code |}, without repetition, in their order. */
  public static <T> Parser<List<T>> list(Parser<T> part) {
    return cell -> {
      Set<T> values = new LinkedHashSet<>();
      for (String piece : cell.split("\\|", -1)) {
        String clean = CellText.clean(piece);
        if (clean != null) {
          values.add(part.parse(clean));
        }
      }
      return List.copyOf(values);
    };
  }

  public static String country(String cell) throws BadValueException {
    String code = cell.toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(code)) {
      throw new BadValueException(
          "unknown_country",
          "Un code pays ISO 3166 à deux lettres est attendu.",
          "A two-letter ISO 3166 country code is expected.");
    }
    return code;
  }

  /** {@code key=url|key=url}. */
  public static Map<String, String> social(String cell) throws BadValueException {
    Map<String, String> links = new LinkedHashMap<>();
    for (String pair : list(part -> part).parse(cell)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (!NETWORK.matcher(key).matches()) {
        throw new BadValueException(
            "invalid_social",
            "Écrivez reseau=adresse|reseau=adresse, le réseau en lettres sans accent.",
            "Write network=address|network=address, the network in unaccented letters.");
      }
      links.put(key, url(pair.substring(equals + 1).strip()));
    }
    return links;
  }
}
