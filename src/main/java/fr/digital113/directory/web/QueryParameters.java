package fr.digital113.directory.web;

import fr.digital113.directory.web.ProblemException.FieldError;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query string of one request. Every value is read through here, and every mistake is
 * collected, so that {@link #check()} can name them all at once: unknown parameters, repeated ones,
 * values that do not exist.
 */
public final class QueryParameters {
  private static final int MAX_VALUES = 200;
  private static final int MAX_ERRORS = 20;
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final int DAY_LENGTH = 10; // years beyond 9999 would have a sign

  /** What bytes that are no UTF-8 were decoded to. */
  public static final String UNDECODABLE = "\uFFFD";

  private final MultivaluedMap<String, String> given;
  private final Set<String> known = new LinkedHashSet<>();
  private final SortedMap<String, String> canonical = new TreeMap<>();
  private final List<FieldError> errors = new ArrayList<>();

  public QueryParameters(MultivaluedMap<String, String> given) {
    this.given = given;
  }

  /**
   * The single value of a parameter; null when it is absent. Given twice, or given and empty, is an
   * error.
   */
  public @Nullable String text(String name) {
    known.add(name);
    List<String> values = given.get(name);
    if (values == null) {
      return null;
    }
    if (values.size() > 1) {
      error(
          name,
          "repeated",
          new Text(
                  "Ce paramètre est donné %d fois ; séparez les valeurs par des virgules.",
                  "This parameter is given %d times; separate values by commas.")
              .with(values.size()));
      return null;
    }
    String value = values.get(0).strip();
    if (value.contains(UNDECODABLE)) {
      error(
          name,
          "invalid_encoding",
          new Text(
              "La valeur n'est pas de l'UTF-8 encodé (RFC 3986).",
              "The value is not percent-encoded UTF-8 (RFC 3986)."));
      return null;
    }
    if (value.indexOf('\0') >= 0) {
      error(
          name,
          "control_character",
          new Text(
              "La valeur contient un caractère de contrôle.",
              "The value holds a control character."));
      return null;
    }
    if (value.isEmpty()) {
      error(name, "empty", new Text("La valeur est vide.", "The value is empty."));
      return null;
    }
    canonical.put(name, value);
    return value;
  }

  /** Whether a parameter was given at all, be it rightly or not. */
  public boolean has(String name) {
    return given.containsKey(name);
  }

  /** Whether a parameter was given beside these. */
  public boolean hasOtherThan(Collection<String> names) {
    return !names.containsAll(given.keySet());
  }

  /** A whole number between two bounds. */
  public int integer(String name, int low, int high, int otherwise) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    if (WHOLE_NUMBER.matcher(value).matches()) {
      int number = Integer.parseInt(value);
      if (number >= low && number <= high) {
        return number;
      }
    }
    error(
        name,
        "out_of_range",
        new Text(
                "« %s » n'est pas un entier de %d à %d.",
                "\"%s\" is not a whole number from %d to %d.")
            .with(value, low, high));
    return otherwise;
  }

  /** {@code true} or {@code false}; null when absent. */
  public @Nullable Boolean flag(String name) {
    String value = one(name, List.of("true", "false"));
    return value == null ? null : Boolean.valueOf(value);
  }

  /** A day, {@code YYYY-MM-DD}; null when absent. */
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
        new Text(
                "« %s » n'est pas une date au format AAAA-MM-JJ.",
                "\"%s\" is not a date of the form YYYY-MM-DD.")
            .with(shorten(value)));
    return null;
  }

  /** A day that has come; null when absent. One to come is a mistake. */
  public @Nullable LocalDate pastDay(String name, LocalDate today) {
    LocalDate day = date(name);
    if (day != null && day.isAfter(today)) {
      error(
          name,
          "in_the_future",
          new Text(
                  "Ce jour est à venir ; le plus récent est %s.",
                  "This day is yet to come; the newest is %s.")
              .with(today));
      return null;
    }
    return day;
  }

  /** One of the valid values; null when absent. */
  public @Nullable String one(String name, Collection<String> valid) {
    String value = text(name);
    if (value == null || valid.contains(value)) {
      return value;
    }
    unknownValue(name, value, listOf(valid));
    return null;
  }

  /** Any of the valid values, separated by commas; empty when absent. */
  public Set<String> anyOf(String name, Collection<String> valid) {
    return anyOf(name, value -> valid.contains(value) ? value : null, () -> listOf(valid));
  }

  /**
   * Values separated by commas, each resolved to a code.
   *
   * @param resolve the code of a value, or null when there is none
   * @param help which values are valid; asked once at most, when a value has no code
   */
  public Set<String> anyOf(
      String name, Function<String, @Nullable String> resolve, Supplier<Text> help) {
    Set<String> codes = new LinkedHashSet<>(resolved(name, resolve, help));
    if (!codes.isEmpty()) {
      canonical.put(name, String.join(",", codes.stream().sorted().toList()));
    }
    return codes;
  }

  /** Valid values, separated by commas, in the order and as often as given; empty when absent. */
  public List<String> inOrder(String name, Collection<String> valid) {
    return resolved(name, value -> valid.contains(value) ? value : null, () -> listOf(valid));
  }

  private List<String> resolved(
      String name, Function<String, @Nullable String> resolve, Supplier<Text> help) {
    String list = text(name);
    if (list == null) {
      return List.of();
    }
    List<String> codes = new ArrayList<>();
    String[] values = list.split(",", -1);
    if (values.length > MAX_VALUES) {
      error(
          name,
          "too_many_values",
          new Text("Au plus %d valeurs.", "At most %d values.").with(MAX_VALUES));
      return codes;
    }
    Text valid = null;
    for (String each : values) {
      String value = each.strip();
      String code = resolve.apply(value);
      if (code == null) {
        valid = valid == null ? help.get() : valid;
        unknownValue(name, value, valid);
      } else {
        codes.add(code);
      }
    }
    return codes;
  }

  /** Adds an error of a parameter that the caller found. */
  public void error(String parameter, String code, Text message) {
    errors.add(new FieldError(parameter, code, message));
  }

  /**
   * Adds the error that a parameter does not go with others.
   *
   * @param why the rest of a sentence that begins with the parameter's name
   */
  public void contradiction(String parameter, Text why) {
    error(
        parameter,
        "contradiction",
        new Text("« " + parameter + " » " + why.fr(), "\"" + parameter + "\" " + why.en()));
  }

  /** What was read, in a form that does not depend on the order of parameters or values. */
  public SortedMap<String, String> canonical() {
    return canonical;
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException when anything is wrong, naming all of it
   */
  public void check() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        Text valid =
            known.isEmpty()
                ? new Text("Aucun paramètre n'est admis ici.", "No parameter is taken here.")
                : listOf(known.stream().sorted().toList());
        error(
            shorten(name),
            "unknown_parameter",
            new Text("Paramètre inconnu. " + valid.fr(), "Unknown parameter. " + valid.en()));
      }
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
          ProblemType.INVALID_PARAMETER,
          new Text(
                  "La requête contient %d erreur(s) ; voir « errors ».",
                  "The request has %d error(s); see \"errors\".")
              .with(errors.size()),
          errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
    }
  }

  private void unknownValue(String name, String value, Text help) {
    Text what =
        value.isEmpty()
            ? new Text("Une valeur est vide.", "A value is empty.")
            : new Text(
                "« " + shorten(value) + " » n'existe pas.",
                "\"" + shorten(value) + "\" does not exist.");
    error(
        name, "unknown_value", new Text(what.fr() + ' ' + help.fr(), what.en() + ' ' + help.en()));
  }

  private static Text listOf(Collection<String> valid) {
    String list = String.join(", ", valid);
    return new Text("Valides : " + list + ".", "Valid: " + list + ".");
  }

  private static String shorten(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "…";
  }
}
