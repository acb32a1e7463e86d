package fr.digital113.directory.calendar;

import static fr.digital113.directory.calendar.RulePart.bad;

import fr.digital113.directory.values.BadValueException;
import java.time.Month;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which parts go together. Of what RFC 5545 allows only that is taken which calendar programs read
 * alike. Of thousands of random rules lib-recur, ical4j and ical.js (Thunderbird and Nextcloud use
 * the last) gave the same days for all of these forms, and other days for what is refused here:
 * months with weeks or months, days of the month with days or weeks, the same day counted in two
 * ways, days that a month does not have, weeks and days of the year. Nobody shall miss a meeting
 * because of the program that they read the calendar with.
 */
final class ReadAlike {
  private ReadAlike() {}

  static void check(Map<RulePart, String> parts) throws BadValueException {
    String freq = parts.getOrDefault(RulePart.FREQ, "");
    boolean yearly = freq.equals("YEARLY");
    boolean monthly = freq.equals("MONTHLY");
    String days = parts.get(RulePart.BYDAY);
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
    if (parts.containsKey(RulePart.BYMONTH) && !freq.equals("DAILY") && !yearly) {
      throw bad(
          "BYMONTH va avec FREQ=DAILY (et BYDAY pour les jours de la semaine) ou FREQ=YEARLY : les logiciels d'agenda lisent le reste différemment.",
          "BYMONTH goes with FREQ=DAILY (and BYDAY for days of the week) or FREQ=YEARLY: calendar programs read anything else differently.");
    }
    if (parts.containsKey(RulePart.BYMONTHDAY)) {
      checkDaysOfMonths(parts, yearly, monthly);
    } else if (yearly && parts.containsKey(RulePart.BYMONTH) && days == null) {
      throw bad(
          "Avec FREQ=YEARLY, BYMONTH demande BYMONTHDAY ou BYDAY.",
          "With FREQ=YEARLY, BYMONTH asks for BYMONTHDAY or BYDAY.");
    }
    if (parts.containsKey(RulePart.BYSETPOS)
        && (!monthly || days == null || days.matches(".*\\d.*"))) {
      throw bad(
          "BYSETPOS va avec FREQ=MONTHLY et des jours BYDAY sans numéro.",
          "BYSETPOS goes with FREQ=MONTHLY and BYDAY days without numbers.");
    }
  }

  /** Some programs hold twice what two parts of a list mean, such as {@code 1MO,-4MO}. */
  private static boolean isCountedTwice(String days) {
    Map<String, Integer> signs = new HashMap<>();
    for (String day : days.split(",", -1)) {
      String number = day.substring(0, day.length() - 2);
      int sign = number.isEmpty() ? 0 : Integer.signum(Integer.parseInt(number));
      Integer other = signs.put(day.substring(day.length() - 2), sign);
      if (other != null && other != sign) {
        return true;
      }
    }
    return false;
  }

  private static void checkDaysOfMonths(
      Map<RulePart, String> parts, boolean yearly, boolean monthly) throws BadValueException {
    List<Integer> days = numbers(parts, RulePart.BYMONTHDAY);
    if (parts.containsKey(RulePart.BYDAY) || !monthly && !yearly) {
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
    List<Integer> months = numbers(parts, RulePart.BYMONTH);
    for (int day : days) {
      boolean inEach = months.stream().allMatch(month -> day <= Month.of(month).minLength());
      if (yearly && (months.isEmpty() || day < 0 || !inEach)) {
        throw bad(
            "Avec FREQ=YEARLY, BYMONTHDAY demande BYMONTH et des jours que chaque mois a chaque année.",
            "With FREQ=YEARLY, BYMONTHDAY asks for BYMONTH and for days that each month has every year.");
      }
    }
  }

  private static List<Integer> numbers(Map<RulePart, String> parts, RulePart part) {
    String list = parts.get(part);
    return list == null ? List.of() : Stream.of(list.split(",", -1)).map(Integer::valueOf).toList();
  }
}
