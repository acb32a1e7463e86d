package fr.digital113.directory.web;

import java.util.Locale;

/** Every format that an answer may have; each path offers some of them. */
public enum Format {
  JSON("application/json", ""),
  GEOJSON("application/geo+json", ""),
  CSV("text/csv", ";charset=UTF-8;header=present"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""),
  NDJSON("application/x-ndjson", ""),
  JSONLD("application/ld+json", ""),
  /** Figures in dimensions (JSON-stat 2.0); it has no media type of its own. */
  JSONSTAT("application/json", ""),
  /** Calendars that programs subscribe to (RFC 5545). */
  ICS("text/calendar", ";charset=utf-8");

  private final String mediaType;
  private final String mediaParameters;

  Format(String mediaType, String mediaParameters) {
    this.mediaType = mediaType;
    this.mediaParameters = mediaParameters;
  }

  /** The value of {@code format}, which is the extension of a file's name as well. */
  public String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the server compresses it; {@code quarkus.http.compress-media-types} says the same. */
  boolean isCompressible() {
    return this != XLSX; // is compressed already
  }

  /** Type and subtype, as {@code Accept} names them. */
  public String mediaType() {
    return mediaType;
  }

  /** The value of {@code Content-Type}. */
  public String contentType() {
    return mediaType + mediaParameters;
  }
}
