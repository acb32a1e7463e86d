package fr.digital113.directory.statistics.cubes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.formats.FileNames;
import fr.digital113.directory.formats.OfCsv;
import fr.digital113.directory.formats.Sheets;
import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Representation;
import fr.digital113.directory.web.Version;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How a caller wants figures to be shown.
 *
 * @param isExcel whether a CSV is for Excel
 * @param isPivot whether a CSV has the last dimension across its columns
 * @param parameters what was asked for, however it was written; complete once all of it is read
 */
public record CubeShape(
    Format format,
    boolean isExcel,
    boolean isPivot,
    Language language,
    SortedMap<String, String> parameters) {
  private static final List<Format> FORMATS =
      List.of(Format.JSONSTAT, Format.JSON, Format.CSV, Format.XLSX);
  private static final String LAYOUT = "layout";
  private static final String PIVOT = "pivot";

  /** Told at the end of a file's name, whether they were asked for or not. */
  private static final Set<String> AT_THE_END = Set.of(LAYOUT, "asOf");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Reads {@code format} or {@code Accept}, and of CSV {@code dialect} and {@code layout}. */
  public static CubeShape of(Exchange exchange, QueryParameters parameters) {
    Format format = exchange.format(parameters, FORMATS);
    return new CubeShape(
        format,
        OfCsv.isExcel(parameters, format),
        PIVOT.equals(OfCsv.one(parameters, format, LAYOUT, List.of("tidy", PIVOT))),
        exchange.language(),
        parameters.canonical());
  }

  /**
   * Answers with the validator of a list, and lets the answer be kept where it is for everybody. A
   * cube has to follow from the version and the request alone.
   *
   * @param turn when it is made
   * @param cube computes it; not called when the caller already has this revision
   */
  public Response respond(Exchange exchange, Version version, Turn turn, Supplier<Cube> cube) {
    return exchange.small(
        version, representation(), () -> turn.take(exchange, () -> content(cube.get(), version)));
  }

  private Content content(Cube cube, Version version) {
    boolean file = format == Format.CSV || format == Format.XLSX;
    return new Content(bytes(cube), file ? fileName(cube, version) : null);
  }

  private Representation representation() {
    return new Representation(format, (isPivot ? PIVOT : "") + (isExcel ? OfCsv.EXCEL : ""));
  }

  /** The revision is not told of a vintage, which none changes. */
  private String fileName(Cube cube, Version version) {
    SortedMap<String, String> asked = new TreeMap<>(parameters);
    asked.keySet().removeAll(AT_THE_END);
    return FileNames.of("statistics-" + cube.name(), "", asked, language)
        + "-"
        + cube.about().asOf()
        + (cube.about().href() == null ? "-r" + version.revision() : "")
        + (isPivot ? "-" + PIVOT : "")
        + (isExcel ? "-" + OfCsv.EXCEL : "")
        + "."
        + format.parameter();
  }

  /** The cube in this shape; the same bytes for the same cube. */
  public byte[] bytes(Cube cube) {
    return switch (format) {
      case JSONSTAT -> json(JsonStat.of(cube, language));
      case JSON -> json(CubeRows.of(cube, language));
      case CSV -> csv(cube);
      case XLSX -> CubeWorkbook.of(List.of(cube), language);
      case GEOJSON, NDJSON, JSONLD, ICS ->
          throw new IllegalStateException(format + " is for items");
    };
  }

  private static byte[] json(Object view) {
    try {
      return MAPPER.writeValueAsBytes(view);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("cannot write a cube", failure);
    }
  }

  private byte[] csv(Cube cube) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Sheets.Sheet sheet = new Sheets.CsvSheet(out, isExcel);
      CubeTables tables = new CubeTables(cube, language);
      if (isPivot) {
        tables.pivot(sheet);
      } else {
        tables.tidy(sheet);
      }
      sheet.end();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
