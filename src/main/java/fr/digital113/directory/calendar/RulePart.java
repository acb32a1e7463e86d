package fr.digital113.directory.calendar;

import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.web.Text;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts that a rule may have, in the order of the canonical text. */
enum RulePart {
  FREQ("DAILY|WEEKLY|MONTHLY|YEARLY"),
  INTERVAL("\\d{1,6}"),
  COUNT("\\d{1,6}"),
  UNTIL("\\d{8}(T\\d{6}Z)?"),
  WKST("MO|TU|WE|TH|FR|SA|SU"),
  BYMONTH("0?[1-9]|1[0-2]"),
  BYMONTHDAY("[+-]?(0?[1-9]|[12]\\d|3[01])"),
  BYDAY("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"),
  BYSETPOS("[+-]?[1-3]");

  private static final Pattern USELESS = Pattern.compile("\\+|(?<![0-9])0+(?=[0-9])");

  private final Pattern form;

  RulePart(String form) {
    this.form = Pattern.compile(form);
  }

  static RulePart of(String name) throws BadValueException {
    for (RulePart part : values()) {
      if (part.name().equals(name)) {
        return part;
      }
    }
    String known = Arrays.stream(values()).map(RulePart::name).collect(Collectors.joining(", "));
    throw bad(
        "Une règle se compose de %s, chacun avec =, séparés par des points-virgules.",
        "A rule is made of %s, each with =, separated by semicolons.", known);
  }

  /** The value without what says nothing; of a list each part once, as some programs hold twice. */
  String read(String written) throws BadValueException {
    boolean isList = name().startsWith("BY") && this != BYSETPOS;
    List<String> values = isList ? List.of(written.split(",", -1)) : List.of(written);
    for (String value : values) {
      if (!form.matcher(value).matches()) {
        throw bad(
            "Cette valeur de %s n'est pas possible ici.",
            "This value of %s is not possible here.", this);
      }
    }
    Stream<String> plain = values.stream().map(value -> USELESS.matcher(value).replaceAll(""));
    return this == UNTIL ? written : plain.distinct().collect(Collectors.joining(","));
  }

  static BadValueException bad(String fr, String en, Object... arguments) {
    return new BadValueException("invalid_recurrence", new Text(fr, en).with(arguments));
  }
}
