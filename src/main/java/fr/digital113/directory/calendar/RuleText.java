package fr.digital113.directory.calendar;

import static fr.digital113.directory.calendar.RulePart.bad;

import fr.digital113.directory.values.BadValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.jspecify.annotations.Nullable;

/** The parts of a recurrence rule, checked. */
final class RuleText {
  private static final int LONGEST = 500;
  private static final int MOST_OCCURRENCES = 1_000;
  private static final int LONGEST_INTERVAL = 99;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final MonthDay LEAP_DAY = MonthDay.of(2, 29);
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

  private final Map<RulePart, String> parts;
  private final @Nullable Instant until;

  private RuleText(Map<RulePart, String> parts, @Nullable Instant until) {
    this.parts = parts;
    this.until = until;
  }

  static RuleText of(String text) throws BadValueException {
    if (text.length() > LONGEST) {
      throw bad(
          "La règle a plus de %d caractères.", "The rule has more than %d characters.", LONGEST);
    }
    Map<RulePart, String> parts = split(text.strip().toUpperCase(Locale.ROOT));
    checkBounds(parts);
    Instant until = until(parts.get(RulePart.UNTIL));
    if (until != null) {
      parts.put(RulePart.UNTIL, Calendars.utc(until));
    }
    ReadAlike.check(parts);
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
    return text(Stream.of(RulePart.values()));
  }

  /**
   * The rule as calendars have it. Every year on 29 February is every twelfth month: ical.js would
   * go on to 1 March in other years.
   */
  String writtenFrom(LocalDate first) {
    boolean plain = parts.keySet().stream().noneMatch(part -> part.name().startsWith("BY"));
    if (!plain || !isYearly() || !MonthDay.from(first).equals(LEAP_DAY)) {
      return canonical();
    }
    Map<RulePart, String> monthly = new EnumMap<>(parts);
    int years = Integer.parseInt(parts.getOrDefault(RulePart.INTERVAL, "1"));
    monthly.put(RulePart.FREQ, "MONTHLY");
    monthly.put(RulePart.INTERVAL, String.valueOf(12 * years));
    return new RuleText(monthly, until).canonical();
  }

  private boolean isYearly() {
    return "YEARLY".equals(parts.get(RulePart.FREQ));
  }

  /** The last instant at which an occurrence may start. */
  @Nullable Instant until() {
    return until;
  }

  /** The rule without {@code UNTIL}, which is an instant, where all else is time on the clocks. */
  RecurrenceRule endless() throws InvalidRecurrenceRuleException {
    String text = text(Stream.of(RulePart.values()).filter(part -> part != RulePart.UNTIL));
    return new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
  }

  private String text(Stream<RulePart> which) {
    return which
        .filter(parts::containsKey)
        .map(part -> part + "=" + parts.get(part))
        .collect(Collectors.joining(";"));
  }

  private static Map<RulePart, String> split(String rule) throws BadValueException {
    Map<RulePart, String> parts = new EnumMap<>(RulePart.class);
    for (String piece : rule.split(";", -1)) {
      int equals = piece.indexOf('=');
      RulePart part = RulePart.of(equals < 0 ? piece : piece.substring(0, equals));
      String value = part.read(equals < 0 ? "" : piece.substring(equals + 1));
      if (parts.put(part, value) != null) {
        throw bad("%s est écrit deux fois.", "%s is written twice.", part);
      }
    }
    if (!parts.containsKey(RulePart.FREQ)) {
      throw bad(
          "FREQ manque : DAILY, WEEKLY, MONTHLY ou YEARLY.",
          "FREQ is missing: DAILY, WEEKLY, MONTHLY or YEARLY.");
    }
    return parts;
  }

  private static void checkBounds(Map<RulePart, String> parts) throws BadValueException {
    checkBound(parts, RulePart.COUNT, MOST_OCCURRENCES);
    checkBound(parts, RulePart.INTERVAL, LONGEST_INTERVAL);
    if (parts.containsKey(RulePart.COUNT) && parts.containsKey(RulePart.UNTIL)) {
      throw bad("COUNT et UNTIL ne vont pas ensemble.", "COUNT and UNTIL do not go together.");
    }
  }

  private static void checkBound(Map<RulePart, String> parts, RulePart part, int most)
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

  /**
   * Where the week starts counts only for every second week or more, and is told there: ical4j has
   * another default than RFC 5545.
   */
  private static void leaveOutDefaults(Map<RulePart, String> parts) {
    parts.remove(RulePart.INTERVAL, "1");
    if (parts.containsKey(RulePart.INTERVAL) && "WEEKLY".equals(parts.get(RulePart.FREQ))) {
      parts.putIfAbsent(RulePart.WKST, "MO");
    } else {
      parts.remove(RulePart.WKST);
    }
  }
}
