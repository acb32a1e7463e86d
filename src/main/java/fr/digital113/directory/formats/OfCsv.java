package fr.digital113.directory.formats;

import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters that say how a CSV is written; with another format they are a mistake. */
public final class OfCsv {
  /** The value of {@code dialect}, and the mark of such files in their names. */
  public static final String EXCEL = "excel";

  private static final Text CSV_ONLY =
      new Text("ne va qu'avec le format csv.", "goes with the format csv only.");

  private OfCsv() {}

  /** Reads {@code dialect}: whether the file is for Excel. */
  public static boolean isExcel(QueryParameters parameters, Format format) {
    return EXCEL.equals(one(parameters, format, "dialect", List.of(EXCEL)));
  }

  /** One of the valid values; null when the parameter is absent or not valid. */
  public static @Nullable String one(
      QueryParameters parameters, Format format, String name, List<String> valid) {
    String value = parameters.one(name, valid);
    if (value != null && format != Format.CSV) {
      parameters.contradiction(name, CSV_ONLY);
    }
    return value;
  }
}
