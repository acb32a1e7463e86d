package fr.digital113.directory.imports;

import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The media types of files, and which formats a path offers, the default first. */
final class Formats {
  static final String CSV = "text/csv";
  static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private Formats() {}

  static Map<String, MediaType> of(String first, String firstType, String second, String type) {
    Map<String, MediaType> formats = new LinkedHashMap<>();
    formats.put(first, MediaType.valueOf(firstType));
    formats.put(second, MediaType.valueOf(type));
    return formats;
  }
}
