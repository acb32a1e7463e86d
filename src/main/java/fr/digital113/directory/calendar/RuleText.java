package fr.digital113.directory.calendar;

import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.web.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a recurrence rule, checked.
 *
 * <p>Of what RFC 5545 allows only that is taken which calendar programs read alike. Of thousands of
 * random rules lib-recur, ical4j and ical.js (Thunderbird and Nextcloud use the last) gave the same
 * days for all of these forms, and other days for what is refused here: months with weeks or
 * months, days of the month with days or weeks, the same day counted in two ways, days that a month
 * does not have, weeks and days of the year. Nobody shall miss a meeting because of the program
 * that they read the calendar with.
 */
final class RuleText {
  private static final int LONGEST = 500;
  private static final int MOST_OCCURRENCES = 1_000;
  private static final int LONGEST_INTERVAL = 99;

  /** In the order of the canonical text. */
  private enum Part {
    FREQ("DAILY|WEEKLY|MONTHLY|YEARLY"),
    INTERVAL("\\d{1,6}"),
    COUNT("\\d{1,6}"),
    UNTIL("\\d{8}(T\\d{6}Z)?"),
    WKST("MO|TU|WE|TH|FR|SA|SU"),
    BYMONTH("0?[1-9]|1[0-2]"),
    BYMONTHDAY("[+-]?(0?[1-9]|[12]\\d|3[01])"),
    BYDAY("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"),
    BYSETPOS("[+-]?[1-3]");

    private final Pattern form;

    Part(String form) {
      this.form = Pattern.compile(form);
    }

    boolean isList() {
      return name().startsWith("BY") && this != BYSETPOS;
    }
  }

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);
  private static final Pattern USELESS = Pattern.compile("\\+|(?<![0-9])0+(?=[0-9])");

  private final Map<Part, String> parts;
  private final @Nullable Instant until;

  private RuleText(Map<Part, String> parts, @Nullable Instant until) {
    this.parts = parts;
    this.until = until;
  }

  static RuleText of(String text) throws BadValueException {
    if (text.length() > LONGEST) {
      throw bad(
          "La règle a plus de %d caractères.", "The rule has more than %d characters.", LONGEST);
    }
    Map<Part, String> parts = split(text.strip().toUpperCase(Locale.ROOT));
    checkBounds(parts);
    Instant until = until(parts.get(Part.UNTIL));
    if (until != null) {
      parts.put(Part.UNTIL, Calendars.utc(until));
    }
    checkTogether(parts);
    leaveOutDefaults(parts);
    RuleText rule = new RuleText(parts, until);
    try {
      rule.endless();
    } catch (InvalidRecurrenceRuleException invalid) {
      throw bad(
          "Ce n'est pas une règle de récurrence de la RFC 5545.",
          "This is no recurrence rule of RFC 5545.");
    }
    return rule;
  }

  static RuleText ofCanonical(String text) {
    try {
      return of(text);
    } catch (BadValueException impossible) {
      throw new IllegalStateException(text, impossible);
    }
  }

  String canonical() {
    return text(Stream.of(Part.values()));
  }

  /** The last instant at which an occurrence may start. */
  @Nullable Instant until() {
    return until;
  }

  /** The rule without {@code UNTIL}, which is an instant, where all else is time on the clocks. */
  RecurrenceRule endless() throws InvalidRecurrenceRuleException {
    String text = text(Stream.of(Part.values()).filter(part -> part != Part.UNTIL));
    return new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
  }

  private String text(Stream<Part> which) {
    return which
        .filter(parts::containsKey)
        .map(part -> part + "=" + parts.get(part))
        .collect(Collectors.joining(";"));
  }

  private static Map<Part, String> split(String rule) throws BadValueException {
    Map<Part, String> parts = new EnumMap<>(Part.class);
    for (String piece : rule.split(";", -1)) {
      int equals = piece.indexOf('=');
      Part part = part(equals < 0 ? piece : piece.substring(0, equals));
      String value = value(part, equals < 0 ? "" : piece.substring(equals + 1));
      if (parts.put(part, value) != null) {
        throw bad("%s est écrit deux fois.", "%s is written twice.", part);
      }
    }
    if (!parts.containsKey(Part.FREQ)) {
      throw bad(
          "FREQ manque : DAILY, WEEKLY, MONTHLY ou YEARLY.",
          "FREQ is missing: DAILY, WEEKLY, MONTHLY or YEARLY.");
    }
    return parts;
  }

  private static Part part(String name) throws BadValueException {
    for (Part part : Part.values()) {
      if (part.name().equals(name)) {
        return part;
      }
    }
    String known = Stream.of(Part.values()).map(Part::name).collect(Collectors.joining(", "));
    throw bad(
        "Une règle se compose de %s, chacun avec =, séparés par des points-virgules.",
        "A rule is made of %s, each with =, separated by semicolons.", known);
  }

  private static String value(Part part, String written) throws BadValueException {
    List<String> values = part.isList() ? List.of(written.split(",", -1)) : List.of(written);
    for (String value : values) {
      if (!part.form.matcher(value).matches()) {
        throw bad(
            "Cette valeur de %s n'est pas possible ici.",
            "This value of %s is not possible here.", part);
      }
    }
    if (part == Part.UNTIL) {
      return written;
    }
    // What comes twice would be held twice by some programs.
    return values.stream()
        .map(value -> USELESS.matcher(value).replaceAll(""))
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static void checkBounds(Map<Part, String> parts) throws BadValueException {
    checkBound(parts, Part.COUNT, MOST_OCCURRENCES);
    checkBound(parts, Part.INTERVAL, LONGEST_INTERVAL);
    if (parts.containsKey(Part.COUNT) && parts.containsKey(Part.UNTIL)) {
      throw bad("COUNT et UNTIL ne vont pas ensemble.", "COUNT and UNTIL do not go together.");
    }
  }

  private static void checkBound(Map<Part, String> parts, Part part, int most)
      throws BadValueException {
    int number = Integer.parseInt(parts.getOrDefault(part, "1"));
    if (number < 1 || number > most) {
      throw bad("%s va de 1 à %d.", "%s goes from 1 to %d.", part, most);
    }
  }

  /** A day ends with its last second on the clocks. */
  private static @Nullable Instant until(@Nullable String written) throws BadValueException {
    if (written == null) {
      return null;
    }
    try {
      if (written.length() > 8) {
        return Calendars.instant(written);
      }
      Instant end = Calendars.instant(LocalDate.parse(written, DAY).atTime(LAST_SECOND));
      return Calendars.instant(Calendars.utc(end)); // which refuses years that are not meant
    } catch (DateTimeException | BadValueException noTime) {
      throw bad(
          "UNTIL est un jour (20270630) ou un instant en UTC (20270630T160000Z).",
          "UNTIL is a day (20270630) or an instant in UTC (20270630T160000Z).");
    }
  }

  private static void checkTogether(Map<Part, String> parts) throws BadValueException {
    String freq = parts.getOrDefault(Part.FREQ, "");
    boolean yearly = freq.equals("YEARLY");
    boolean monthly = freq.equals("MONTHLY");
    String days = parts.get(Part.BYDAY);
    if (days != null && !yearly && !monthly && days.matches(".*\\d.*")) {
      throw bad(
          "Un jour numéroté (1MO) va avec FREQ=MONTHLY ou YEARLY.",
          "A day with a number (1MO) goes with FREQ=MONTHLY or YEARLY.");
    }
    if (days != null && isCountedTwice(days)) {
      throw bad(
          "Un jour de la semaine se compte d'une seule façon : sans numéro, depuis le début ou depuis la fin.",
          "A day of the week counts in one way: without a number, from the start or from the end.");
    }
    if (parts.containsKey(Part.BYMONTH) && !freq.equals("DAILY") && !yearly) {
      throw bad(
          "BYMONTH va avec FREQ=DAILY (et BYDAY pour les jours de la semaine) ou FREQ=YEARLY : les logiciels d'agenda lisent le reste différemment.",
          "BYMONTH goes with FREQ=DAILY (and BYDAY for days of the week) or FREQ=YEARLY: calendar programs read anything else differently.");
    }
    if (parts.containsKey(Part.BYMONTHDAY)) {
      checkDaysOfMonths(parts, yearly, monthly);
    } else if (yearly && parts.containsKey(Part.BYMONTH) && days == null) {
      throw bad(
          "Avec FREQ=YEARLY, BYMONTH demande BYMONTHDAY ou BYDAY.",
          "With FREQ=YEARLY, BYMONTH asks for BYMONTHDAY or BYDAY.");
    }
    if (parts.containsKey(Part.BYSETPOS) && (!monthly || days == null || days.matches(".*\\d.*"))) {
      throw bad(
          "BYSETPOS va avec FREQ=MONTHLY et des jours BYDAY sans numéro.",
          "BYSETPOS goes with FREQ=MONTHLY and BYDAY days without numbers.");
    }
  }

  /** Some programs hold twice what two parts of a list mean, such as {@code 1MO,-4MO}. */
  private static boolean isCountedTwice(String days) {
    Map<String, Integer> signs = new HashMap<>();
    for (String day : days.split(",")) {
      String number = day.substring(0, day.length() - 2);
      int sign = number.isEmpty() ? 0 : Integer.signum(Integer.parseInt(number));
      Integer other = signs.put(day.substring(day.length() - 2), sign);
      if (other != null && other != sign) {
        return true;
      }
    }
    return false;
  }

  private static void checkDaysOfMonths(Map<Part, String> parts, boolean yearly, boolean monthly)
      throws BadValueException {
    List<Integer> days = numbers(parts, Part.BYMONTHDAY);
    if (parts.containsKey(Part.BYDAY) || !monthly && !yearly) {
      throw bad(
          "BYMONTHDAY va avec FREQ=MONTHLY ou YEARLY, sans BYDAY.",
          "BYMONTHDAY goes with FREQ=MONTHLY or YEARLY, without BYDAY.");
    }
    if (monthly
        && days.stream().anyMatch(day -> day < 0)
        && days.stream().anyMatch(day -> day > 0)) {
      throw bad(
          "BYMONTHDAY compte depuis le début du mois ou depuis sa fin, pas les deux.",
          "BYMONTHDAY counts from the start of the month or from its end, not both.");
    }
    List<Integer> months = numbers(parts, Part.BYMONTH);
    for (int day : days) {
      boolean inEach = months.stream().allMatch(month -> day <= Month.of(month).minLength());
      if (yearly && (months.isEmpty() || day < 0 || !inEach)) {
        throw bad(
            "Avec FREQ=YEARLY, BYMONTHDAY demande BYMONTH et des jours que chaque mois a chaque année.",
            "With FREQ=YEARLY, BYMONTHDAY asks for BYMONTH and for days that each month has every year.");
      }
    }
  }

  private static List<Integer> numbers(Map<Part, String> parts, Part part) {
    String list = parts.get(part);
    return list == null ? List.of() : Stream.of(list.split(",")).map(Integer::valueOf).toList();
  }

  /**
   * Where the week starts counts only for every second week or more, and is told there: ical4j has
   * another default than RFC 5545.
   */
  private static void leaveOutDefaults(Map<Part, String> parts) {
    parts.remove(Part.INTERVAL, "1");
    if (parts.containsKey(Part.INTERVAL) && "WEEKLY".equals(parts.get(Part.FREQ))) {
      parts.putIfAbsent(Part.WKST, "MO");
    } else {
      parts.remove(Part.WKST);
    }
  }

  private static BadValueException bad(String fr, String en, Object... arguments) {
    return new BadValueException("invalid_recurrence", new Text(fr, en).with(arguments));
  }
}
