package fr.digital113.directory.companies;

import fr.digital113.directory.web.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether everybody may see a company. */
enum Publication {
  DRAFT("Brouillon", "Draft"),
  PUBLISHED("Publiée", "Published"),
  ARCHIVED("Archivée", "Archived");

  private final Text label;

  Publication(String fr, String en) {
    this.label = new Text(fr, en);
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(Publication::code).toList();
  }

  /** For people. */
  static Text label(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT)).label;
  }
}
