package fr.digital113.directory.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.CompanySlugs;
import fr.digital113.directory.values.KnownCodes;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.Slugs;
import fr.digital113.directory.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's members: every row is read here, then all are merged at once ({@link MemberMerge}).
 */
@ApplicationScoped
class MembersImport implements OwnFileKind {
  private static final List<String> ORIGINS =
      List.of("digitalplace", "frenchsouth-digital", "digital113");
  private static final List<String> PUBLICATIONS = List.of("draft", "published", "archived");

  private final ObjectMapper json;

  MembersImport(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public String name() {
    return "members";
  }

  @Override
  public List<Column> columns() {
    return MemberColumns.ALL;
  }

  @Override
  public String exportQuery() {
    return MemberColumns.EXPORT;
  }

  @Override
  public void checkHeader(List<String> header) {
    check(Header.of(header, columns()));
  }

  private static void check(Header header) {
    header.requireOneOf("id", "siren", "slug", "name");
    header.requireTogether("latitude", "longitude");
    if (header.has("nafNomenclature")) {
      header.requireTogether("naf", "nafNomenclature");
    }
  }

  @Override
  public void run(Handle database, Table table, ImportOptions options, RowReport report)
      throws IOException {
    RowCells cells = new RowCells(table, columns());
    check(cells.header());
    MemberMerge merge = new MemberMerge(database, cells.header());
    KnownCodes known = KnownCodes.load(database);
    merge.createStage();
    try (CopySink stage = new CopySink(database, MemberMerge.STAGE)) {
      while (table.next()) {
        report.read();
        try {
          cells.begin();
          stage.row(row(cells, known, table.line()));
          cells.reportRepairs(report);
        } catch (RejectedRowException rejected) {
          rejected.reportTo(report, table.line());
        }
      }
      stage.finish();
    }
    merge.run(report);
  }

  /** The values of a row, in the order of {@link MemberMerge#STAGE}. */
  private @Nullable Object[] row(RowCells cells, KnownCodes known, long line)
      throws RejectedRowException {
    String name = cells.get("name", Values.line(200));
    cells.requireFilled("name", name);
    String siren = cells.mended("siren", Values::siren);
    String siret = cells.mended("siret", Values::siret);
    if (siren != null && siret != null && !siret.startsWith(siren)) {
      throw new RejectedRowException(
          "siret",
          siret,
          "siret_of_another_siren",
          new Text(
              "Le SIRET ne commence pas par le SIREN.",
              "The SIRET does not start with the SIREN."));
    }
    String commune = cells.mended("commune", known::commune);
    cells.requireFilled("commune", commune);
    Double latitude = cells.get("latitude", Values.degrees(90));
    Double longitude = cells.get("longitude", Values.degrees(180));
    if ((latitude == null) != (longitude == null)) {
      throw RowCells.missing(latitude == null ? "latitude" : "longitude");
    }
    List<String> sectors = cells.get("sectors", Values.list(known::sector));
    cells.requireFilled("sectors", sectors == null || sectors.isEmpty() ? null : sectors);
    KnownCodes.Naf naf = naf(cells, known);
    Integer headcount = cells.get("headcount", Values.integer(0, 10_000_000));
    String sizeClass = cells.mended("sizeClass", known::sizeClass);
    if (headcount != null && sizeClass != null && !known.fits(sizeClass, headcount)) {
      throw new RejectedRowException(
          "sizeClass",
          sizeClass,
          "size_class_contradicts_headcount",
          new Text(
              "La tranche contredit l'effectif.", "The size class contradicts the headcount."));
    }
    Dates dates = dates(cells);
    Map<String, String> social = cells.get("social", Values::social);
    return new @Nullable Object[] {
      line,
      UuidCreator.getTimeOrderedEpoch(),
      cells.get("id", Values::id),
      cells.get("slug", CompanySlugs::given),
      name == null ? null : CompanySlugs.base(name, "entreprise"),
      sectors,
      cells.get("origin", Values.oneOf(ORIGINS)),
      dates.joined(),
      dates.left(),
      name,
      cells.get("legalName", Values.line(300)),
      siren,
      siret,
      cells.get("descriptionFr", Values.paragraphs(20_000)),
      cells.get("descriptionEn", Values.paragraphs(20_000)),
      cells.mended("website", Values::url),
      cells.get("email", Values::email),
      cells.get("phone", Values::phone),
      commune,
      cells.get("address", Values.line(300)),
      cells.mended("postalCode", known::postalCode),
      latitude,
      longitude,
      naf == null ? null : naf.code(),
      naf == null ? null : naf.nomenclature(),
      cells.get("foundedYear", Values.integer(1600, 2100)),
      headcount,
      sizeClass,
      cells.get("hiring", Values::bool),
      cells.get("exportMarkets", Values.list(Values::country)),
      cells.mended("logo", Values::url),
      social == null ? null : written(social),
      cells.get("publication", Values.oneOf(PUBLICATIONS)),
    };
  }

  private static KnownCodes.@Nullable Naf naf(RowCells cells, KnownCodes known)
      throws RejectedRowException {
    String nomenclature = cells.get("nafNomenclature", MembersImport::nomenclature);
    KnownCodes.Naf naf = cells.get("naf", cell -> known.naf(cell, nomenclature));
    if (naf == null && nomenclature != null) {
      throw RowCells.missing("naf");
    }
    return naf;
  }

  private static String nomenclature(String cell) throws BadValueException {
    return switch (Slugs.of(cell).replace("-", "")) {
      case "nafrev2" -> "NAFRev2";
      case "naf2025" -> "NAF2025";
      default ->
          throw new BadValueException(
              "unknown_value",
              "Valeurs possibles : NAFRev2, NAF2025.",
              "Valid values: NAFRev2, NAF2025.");
    };
  }

  private record Dates(@Nullable LocalDate joined, @Nullable LocalDate left) {}

  private static Dates dates(RowCells cells) throws RejectedRowException {
    LocalDate joined = cells.get("joinedOn", Values::date);
    LocalDate left = cells.get("leftOn", Values::date);
    if (left != null) {
      cells.requireFilled("joinedOn", joined);
    }
    if (joined != null && left != null && !left.isAfter(joined)) {
      throw new RejectedRowException(
          "leftOn",
          left.toString(),
          "left_before_joined",
          new Text("Le départ doit suivre l'adhésion.", "The end must follow the start."));
    }
    return new Dates(joined, left);
  }

  private String written(Map<String, String> social) {
    try {
      return json.writeValueAsString(social);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
