package fr.digital113.directory.formats;

import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Representation;
import fr.digital113.directory.web.Sha256;
import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * How a caller wants items to be shown.
 *
 * @param isWhole whether all of the list is wanted, not a page
 * @param fields the members wanted; empty for all
 * @param isExcel whether a CSV is for Excel
 * @param request path and query, for the record
 * @param parameters what was asked for, however it was written; complete once all of it is read
 * @param date the day of extraction
 */
public record Shape(
    Layout layout,
    Format format,
    boolean isWhole,
    Set<String> fields,
    boolean isExcel,
    Language language,
    String request,
    SortedMap<String, String> parameters,
    LocalDate date) {
  private static final List<String> PAGING = List.of("limit", "cursor");
  private static final String FACETS = "facets";
  private static final String FIELDS = "fields";

  /** The shape of a list: {@code format} or {@code Accept}, {@code fields}, {@code dialect}. */
  public static Shape ofList(Exchange exchange, QueryParameters parameters, Layout layout) {
    Format format = exchange.format(parameters, layout.listFormats());
    boolean pages =
        format == Format.JSON
            || (format == Format.GEOJSON && PAGING.stream().anyMatch(parameters::has));
    boolean excel = OfCsv.isExcel(parameters, format);
    if (!pages) {
      PAGING.forEach(
          each ->
              refuse(
                  parameters,
                  each,
                  "ne va pas avec le format %s, qui donne tout le résultat.",
                  "does not go with the format %s, which gives the whole result.",
                  format));
      refuse(
          parameters,
          FACETS,
          "ne va qu'avec les pages (json, ou geojson avec « limit »), pas avec tout le résultat en %s.",
          "goes with pages only (json, or geojson with \"limit\"), not with the whole result as %s.",
          format);
    }
    return of(exchange, parameters, layout, format, !pages, excel);
  }

  /** The shape of one item: {@code format} or {@code Accept}, and {@code fields}. */
  public static Shape ofItem(Exchange exchange, QueryParameters parameters, Layout layout) {
    Format format = exchange.format(parameters, layout.itemFormats());
    return of(exchange, parameters, layout, format, false, false);
  }

  private static Shape of(
      Exchange exchange,
      QueryParameters parameters,
      Layout layout,
      Format format,
      boolean whole,
      boolean excel) {
    Set<String> fields = parameters.anyOf(FIELDS, layout.members());
    if (format == Format.JSONLD) {
      refuse(
          parameters,
          FIELDS,
          "ne va pas avec le format %s, dont la forme est celle de schema.org.",
          "does not go with the format %s, whose shape is that of schema.org.",
          format);
    }
    return new Shape(
        layout,
        format,
        whole,
        fields,
        excel,
        exchange.language(),
        exchange.request(),
        parameters.canonical(),
        LocalDate.now(Moments.ZONE));
  }

  private static void refuse(
      QueryParameters parameters, String name, String fr, String en, Format format) {
    if (parameters.has(name)) {
      parameters.contradiction(name, new Text(fr, en).with(format.parameter()));
    }
  }

  /** What the ETag of a list tells this shape apart by. */
  public Representation representation() {
    StringBuilder variant = new StringBuilder();
    if (!fields.isEmpty()) {
      byte[] names = String.join(",", new TreeSet<>(fields)).getBytes(StandardCharsets.UTF_8);
      variant.append(HexFormat.of().formatHex(Sha256.of(names), 0, 4));
    }
    if (isExcel) {
      variant.append(OfCsv.EXCEL);
    }
    if (isWhole) {
      variant.append(date.toString().replace("-", "")); // files name it
    }
    return new Representation(format, variant.toString());
  }

  /** A name for the file of a whole list; it tells what was asked for. */
  public String fileName(long revision) {
    String excel = isExcel ? "-" + OfCsv.EXCEL : "";
    return "%s-%s-r%d%s.%s"
        .formatted(
            FileNames.of(layout.name(), request, parameters, language),
            date,
            revision,
            excel,
            format.parameter());
  }

  /** Whether items are shown with this member, when they have it. */
  boolean shows(String member) {
    return layout.members().contains(member) && (fields.isEmpty() || fields.contains(member));
  }

  /** A page of items in this format; any Jackson value. */
  public Object page(Page page) {
    return format == Format.GEOJSON ? GeoJson.page(this, page) : page.map(this::json);
  }

  /** One item in this format; any Jackson value. */
  public Object item(RawJson item) {
    return switch (format) {
      case GEOJSON -> GeoJson.feature(this, item);
      case JSONLD -> SchemaOrg.item(this, item);
      case JSON -> json(item);
      case CSV, XLSX, NDJSON, JSONSTAT, ICS ->
          throw new IllegalStateException(format + " is not for items");
    };
  }

  /** An item as JSON, with the members wanted. */
  public RawJson json(RawJson item) {
    return fields.isEmpty() ? item : item.only(fields);
  }

  /** Writes the beginning of a file, and takes its items. */
  public ItemWriter writer(OutputStream out, long revision) throws IOException {
    return switch (format) {
      case CSV, XLSX -> new TableWriter(this, out, revision);
      case GEOJSON -> new GeoJson.Writer(this, out, revision);
      case JSONLD -> new SchemaOrg.Writer(this, out, revision);
      case NDJSON -> new LinesWriter(this, out);
      case JSON, JSONSTAT, ICS -> throw new IllegalStateException(format + " is no file of items");
    };
  }
}
