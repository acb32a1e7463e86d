package fr.digital113.directory.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Accept} header asks for (RFC 9110, 12.5.1). Ranges that cannot be read are left
 * out, and media type parameters do not count.
 */
final class Accept {
  private static final Pattern RANGE =
      Pattern.compile("\\s*([^\\s/;,]+)/([^\\s/;,]+)\\s*(;.*)?", Pattern.DOTALL);
  private static final Pattern QUALITY =
      Pattern.compile(";\\s*q\\s*=\\s*(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*(?:;|$)");
  private static final String ANY = "*";

  private final List<Range> ranges;
  private final boolean readable;

  private Accept(List<Range> ranges, boolean readable) {
    this.ranges = ranges;
    this.readable = readable;
  }

  private record Range(String type, String subtype, double quality) {
    boolean covers(String[] mediaType) {
      return (type.equals(ANY) || type.equals(mediaType[0]))
          && (subtype.equals(ANY) || subtype.equals(mediaType[1]));
    }

    /** Two for a media type, one for all of a type, zero for everything. */
    int precision() {
      return (type.equals(ANY) ? 0 : 1) + (subtype.equals(ANY) ? 0 : 1);
    }
  }

  static Accept of(@Nullable String header) {
    List<Range> ranges = new ArrayList<>();
    boolean readable = true;
    for (String each : header == null ? new String[0] : header.split(",", -1)) {
      Matcher range = RANGE.matcher(each.toLowerCase(Locale.ROOT));
      if (range.matches()) {
        ranges.add(new Range(range.group(1), range.group(2), quality(range.group(3))));
      } else {
        readable &= each.isBlank();
      }
    }
    return new Accept(ranges.isEmpty() ? List.of(new Range(ANY, ANY, 1)) : ranges, readable);
  }

  /** Whether all of it is understood: a request with more than that may be refused. */
  boolean isReadable() {
    return readable;
  }

  private static double quality(@Nullable String parameters) {
    Matcher quality = QUALITY.matcher(parameters == null ? "" : parameters);
    return quality.find() ? Double.parseDouble(quality.group(1)) : 1;
  }

  /**
   * The format that is wanted most; of several wanted alike, the one that is named most precisely,
   * then the first. Null when none is wanted.
   */
  @Nullable Format best(List<Format> offered) {
    Format best = null;
    Range bestRange = null;
    for (Format format : offered) {
      Optional<Range> range = range(format);
      if (range.isPresent()
          && range.get().quality() > 0
          && (bestRange == null || isBetter(range.get(), bestRange))) {
        best = format;
        bestRange = range.get();
      }
    }
    return best;
  }

  /**
   * All that {@link #best} can depend on: the rank of each format among all of them, zero for those
   * that are not wanted. The same for all headers that want the same.
   */
  int preferences() {
    Format[] all = Format.values();
    int ranks = 0;
    for (Format format : all) {
      Range range = range(format).orElse(null);
      int rank = 0;
      if (range != null && range.quality() > 0) {
        rank = 1;
        for (Format other : all) {
          rank += range(other).filter(each -> isBetter(range, each)).isPresent() ? 1 : 0;
        }
      }
      ranks = ranks * (all.length + 1) + rank;
    }
    return ranks;
  }

  private static boolean isBetter(Range range, Range than) {
    return range.quality() > than.quality()
        || (range.quality() == than.quality() && range.precision() > than.precision());
  }

  /** The most precise range that covers a format decides about it. */
  private Optional<Range> range(Format format) {
    String[] mediaType = format.mediaType().split("/", 2);
    return ranges.stream()
        .filter(each -> each.covers(mediaType))
        .max(Comparator.comparingInt(Range::precision));
  }
}
