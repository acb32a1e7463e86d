package fr.digital113.directory.imports;

import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.List;

/** What the endpoints of imports share in reading a request. */
final class Requests {

  private Requests() {}

  /** Refuses names that are not known: nothing that a caller says is ignored. */
  static void refuseUnknown(Collection<String> given, List<String> known) {
    for (String name : given) {
      if (!known.contains(name)) {
        throw invalid(
            name,
            "unknown_parameter",
            new Text(
                    "Paramètre inconnu. Paramètres possibles : %s.",
                    "Unknown parameter. Valid ones: %s.")
                .with(String.join(", ", known)));
      }
    }
  }

  static ProblemException invalid(String parameter, String code, Text message) {
    return new ProblemException(
        ProblemType.INVALID_PARAMETER, message, List.of(new FieldError(parameter, code, message)));
  }

  /** A whole number in a range. */
  static int number(UriInfo uri, String name, int byDefault, int high) {
    String text = uri.getQueryParameters().getFirst(name);
    if (text == null) {
      return byDefault;
    }
    if (text.matches("[0-9]{1,6}")) {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= high) {
        return value;
      }
    }
    throw invalid(
        name,
        "invalid_number",
        new Text("Un entier de 1 à %d est attendu.", "A whole number from 1 to %d is expected.")
            .with(high));
  }

  /** The format that {@code format} or {@code Accept} asks for; the first when neither does. */
  static String format(UriInfo uri, HttpHeaders headers, List<String> formats) {
    String format = uri.getQueryParameters().getFirst("format");
    if (format != null) {
      return oneOf("format", format, formats);
    }
    String accept = headers.getHeaderString(HttpHeaders.ACCEPT);
    if (accept != null && accept.contains("text/csv") && formats.contains("csv")) {
      return "csv";
    }
    return accept != null && accept.contains("spreadsheetml") && formats.contains("xlsx")
        ? "xlsx"
        : formats.get(0);
  }

  /** Whether the CSV is for Excel: semicolons and a byte order mark. */
  static boolean forExcel(UriInfo uri) {
    String dialect = uri.getQueryParameters().getFirst("dialect");
    return dialect != null && oneOf("dialect", dialect, List.of("excel")).equals("excel");
  }

  private static String oneOf(String name, String value, List<String> valid) {
    if (!valid.contains(value)) {
      throw invalid(
          name,
          "unknown_value",
          new Text("Valeurs possibles : %s.", "Valid values: %s.").with(String.join(", ", valid)));
    }
    return value;
  }

  /** The language that {@code lang} or {@code Accept-Language} asks for. */
  static Language language(UriInfo uri, HttpHeaders headers) {
    String lang = uri.getQueryParameters().getFirst("lang");
    if (lang == null) {
      return Language.of(headers);
    }
    Language language = Language.ofTag(oneOf("lang", lang, List.of("fr", "en")));
    return language == null ? Language.FR : language;
  }
}
