package fr.digital113.directory.formats;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Contract;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.Credits;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each format looks like, and which one an answer has. */
@QuarkusTest
class FormatsTest {
  private static final String FIRST = "0190a000-0000-7000-8000-000000000001";

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none                                                            | application/json
          */*                                                             | application/json
          text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | application/json
          text/csv                                                        | text/csv;charset=UTF-8;header=present
          text/csv, */*                                                   | text/csv;charset=UTF-8;header=present
          text/csv;q=0.5, application/geo+json                            | application/geo+json
          text/*                                                          | text/csv;charset=UTF-8;header=present
          application/*;q=0.2, text/csv;q=0.1                             | application/json
          application/json;q=0, */*;q=0.1                                 | application/geo+json
          APPLICATION/LD+JSON; profile="x"                                | application/ld+json
          """)
  void negotiates(String accept, String contentType) {
    var request = given();
    Response answer =
        (accept == null ? request : request.accept(accept)).get("/v1/companies?lang=en");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo(contentType);
  }

  @ParameterizedTest
  @CsvSource({
    "application/xml, /v1/companies",
    "text/csv, /v1/companies/capteurs-d-oc",
    "application/ld+json, /v1/territories",
    "application/geo+json, /v1/sectors",
    "*/*;q=0, /v1/factories"
  })
  void refusesAnAcceptThatFitsNone(String accept, String path) {
    Response answer = given().accept(accept).get(path);

    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(answer.<String>path("type")).isEqualTo("/problems/not-acceptable");
  }

  @Test
  void letsFormatWinOverAccept() {
    assertThat(given().accept("text/html").get("/v1/companies?format=ndjson").contentType())
        .isEqualTo("application/x-ndjson");
  }

  @ParameterizedTest
  @CsvSource({
    "format=xml, format, unknown_value",
    "format=csv&limit=20, limit, contradiction",
    "format=xlsx&cursor=abc, cursor, contradiction",
    "format=ndjson&limit=20, limit, contradiction",
    "format=jsonld&limit=20, limit, contradiction",
    "format=jsonld&fields=name, fields, contradiction",
    "dialect=excel, dialect, contradiction",
    "format=xlsx&dialect=excel, dialect, contradiction",
    "format=csv&dialect=rfc, dialect, unknown_value",
    "fields=headcount, fields, unknown_value",
    "'fields=name,', fields, unknown_value",
    "fields=, fields, empty"
  })
  void refusesWhatContradictsItself(String query, String parameter, String code) {
    Response answer = given().urlEncodingEnabled(false).get("/v1/companies?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<List<String>>path("errors.parameter")).containsExactly(parameter);
    assertThat(answer.<List<String>>path("errors.code")).containsExactly(code);
  }

  @Test
  void givesExactlyTheMembersAskedForInTheirOwnOrderAndKeepsThemInLinks() {
    Response answer = Exports.get("/v1/companies?fields=location,slug,name&limit=1");

    assertThat(answer.asString())
        .startsWith(
            "{\"data\":[{\"slug\":\"capteurs-d-oc\",\"name\":\"Capteurs d'Oc\","
                + "\"location\":{\"lat\":43.6,\"lon\":1.44,\"precision\":\"address\"}}],");
    assertThat(answer.<String>path("page.next")).contains("fields=location,slug,name&limit=1");
    assertThat(answer.header("ETag")).isNotEqualTo(Exports.get("/v1/companies").header("ETag"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/companies/capteurs-d-oc?fields=name    | {"name":"Capteurs d'Oc"}
          /v1/territories/toulouse?fields=level,code | {"code":"31555","level":"commune"}
          /v1/sectors/iot?fields=companies           | {"companies":2}
          /v1/factories/objets-connectes?fields=slug,companies | {"slug":"objets-connectes","companies":3}
          """)
  void givesTheMembersAskedForOfOneItem(String path, String body) {
    assertThat(Exports.get(path).asString()).isEqualTo(body);
  }

  @Test
  void picksColumnsByTheirMember() {
    fixture.sql(
        "update company set latitude = 43.5, longitude = -0.25 where slug = 'sante-connectee'");

    assertThat(
            Exports.get("/v1/companies?format=csv&fields=location,name&sector=e-sante").asString())
        .startsWith("name,lat,lon,precision,sourceName,sourceDate,licence\r\n")
        .matches(
            "[a-zA-Z,]+\r\nSanté Connectée,43\\.5,-0\\.25,address,Digital113,\\d{4}-\\d\\d-\\d\\d,Licence Ouverte 2\\.0\r\n");
  }

  @Test
  void namesFilesAndTheirLicence() {
    Response answer = Exports.get("/v1/companies?format=csv");
    String day = LocalDate.now(ZoneId.of("Europe/Paris")).toString();

    assertThat(answer.header("Content-Disposition"))
        .matches("attachment; filename=\"companies-" + day + "-r[0-9]+\\.csv\"");
    assertThat(answer.headers().getValues("Link"))
        .containsExactly("<" + Credits.LICENCE_URL + ">; rel=\"license\"");
    JsonNode licence = Fixture.parsed(Exports.get("/v1/cluster").asString()).path("licence");
    assertThat(licence.path("name").asText()).isEqualTo(Credits.LICENCE);
    assertThat(licence.path("url").asText()).isEqualTo(Credits.LICENCE_URL);
  }

  @Test
  void answersHeadWithTheHeadersOfTheFile() {
    for (String format : List.of("csv", "xlsx", "ndjson", "geojson", "jsonld")) {
      Response head = given().head("/v1/companies?format=" + format);
      Response file = Exports.get("/v1/companies?format=" + format);
      for (String name : List.of("ETag", "Content-Type", "Content-Disposition", "Link", "Vary")) {
        assertThat(head.header(name)).as(name).isEqualTo(file.header(name)).isNotNull();
      }
    }
  }

  @Test
  void writesCsvThatRunsNoFormulaAndReadsBack() {
    fixture.sql(
        "update company set name = ?, legal_name = ?, description_fr = ? where slug = 'capteurs-d-oc'",
        "=HYPERLINK(\"http://x\")",
        "@SUM(1+1)",
        "Deux lignes,\nune \"citation\" ; et un | trait");
    CSVRecord row =
        Exports.csv(Exports.get("/v1/companies?format=csv&territory=toulouse"), ',').get(0);

    assertThat(row.get("name")).isEqualTo("'=HYPERLINK(\"http://x\")");
    assertThat(row.get("legalName")).isEqualTo("'@SUM(1+1)");
    assertThat(row.get("phone")).isEqualTo("'+33536490001");
    assertThat(row.get("description")).isEqualTo("Deux lignes,\nune \"citation\" ; et un | trait");
    assertThat(row.get("sectors")).isEqualTo("iot|systemes-embarques");
    assertThat(row.get("departementCode")).isEqualTo("31");
    assertThat(row.get("epciName")).isEqualTo("Toulouse Métropole");
    assertThat(row.get("licence")).isEqualTo(Credits.LICENCE);
  }

  @Test
  void writesCsvForExcelWithSemicolonsAndAByteOrderMark() {
    Response answer = Exports.get("/v1/companies?format=csv&dialect=excel&fields=slug,name");

    assertThat(answer.asString())
        .startsWith(
            "\uFEFFslug;name;sourceName;sourceDate;licence\r\ncapteurs-d-oc;Capteurs d'Oc;");
  }

  @Test
  void writesXlsxWithTextsAsTextsMeasuresAsNumbersAndItsSources() {
    fixture.sql("update company set name = ? where slug = 'capteurs-d-oc'", "=1+1 \u0001\uFFFE<&>");
    try (var workbook = Exports.xlsx(Exports.get("/v1/companies?format=xlsx&lang=en&sector=iot"))) {
      Sheet sheet = workbook.getSheetAt(0);
      Row header = sheet.getRow(0);
      Row row = sheet.getRow(1);
      assertThat(header.getCell(2).getStringCellValue()).isEqualTo("name");
      assertThat(row.getCell(2).getCellType()).isEqualTo(CellType.STRING);
      assertThat(row.getCell(2).getStringCellValue()).isEqualTo("=1+1 <&>");
      assertThat(row.getCell(4).getStringCellValue()).isEqualTo("000000018");
      assertThat(row.getCell(14).getNumericCellValue()).isEqualTo(43.6);
      assertThat(row.getCell(25).getNumericCellValue()).isEqualTo(2012);
      Sheet sources = workbook.getSheet("Sources");
      assertThat(sources.getRow(1).getCell(1).getStringCellValue()).contains("Digital113", "Insee");
      assertThat(sources.getRow(4).getCell(1).getStringCellValue())
          .isEqualTo(Credits.LICENCE + ", " + Credits.LICENCE_URL);
      assertThat(sources.getRow(5).getCell(1).getStringCellValue())
          .isEqualTo("/v1/companies?format=xlsx&lang=en&sector=iot");
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  @Test
  void leavesAnXlsxWithoutItsEndUnreadable() throws java.io.IOException {
    var out = new java.io.ByteArrayOutputStream();
    var notes = new Sheets.XlsxSheet.Notes("notes", List.of(List.of("note")));
    var sheet = new Sheets.XlsxSheet(out, "rows", List.of(true), notes);
    for (int i = 0; i < 10_000; i++) {
      sheet.row(List.of("row " + i));
    }
    byte[] half = out.toByteArray();
    assertThat(half).isNotEmpty();
    assertThatThrownBy(() -> Exports.xlsx(half)).isInstanceOf(RuntimeException.class);

    sheet.end();
    try (var workbook = Exports.xlsx(out.toByteArray())) {
      assertThat(workbook.getSheetAt(0).getLastRowNum()).isEqualTo(9_999);
    }
  }

  @Test
  void pagesGeoJsonWithALimit() {
    JsonNode page =
        Fixture.parsed(
            Exports.get("/v1/companies?format=geojson&limit=1&fields=name&sector=iot").asString());

    assertThat(page.path("features"))
        .isEqualTo(
            Fixture.parsed(
                """
                [{"type": "Feature", "id": "%s",
                  "geometry": {"type": "Point", "coordinates": [1.44, 43.6]},
                  "properties": {"name": "Capteurs d'Oc"}}]
                """
                    .formatted(FIRST)));
    assertThat(page.at("/page/total").intValue()).isEqualTo(2);
    assertThat(page.at("/page/next").asText()).contains("format=geojson");
    assertThat(page.path("licence").asText()).isEqualTo(Credits.LICENCE_URL);
  }

  @Test
  void placesATerritoryAtItsCentre() {
    JsonNode feature =
        Fixture.parsed(Exports.get("/v1/territories/toulouse?format=geojson").asString());

    assertThat(feature.path("id").asText()).isEqualTo("31555");
    assertThat(feature.at("/geometry/coordinates/0").doubleValue())
        .isEqualTo(feature.at("/properties/centre/lon").doubleValue());
  }

  @Test
  void describesACompanyInSchemaOrg() {
    assertThat(
            Fixture.parsed(
                Exports.get("/v1/companies/capteurs-d-oc?format=jsonld&lang=en").asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {
                  "@context": "https://schema.org",
                  "@type": "Organization",
                  "@id": "urn:uuid:0190a000-0000-7000-8000-000000000001",
                  "name": "Capteurs d'Oc",
                  "legalName": "Capteurs d'Oc, société fictive",
                  "description": "Sensors for vineyards.",
                  "url": "https://capteurs-d-oc.example.org/",
                  "logo": "https://capteurs-d-oc.example.org/logo.svg",
                  "email": "contact@capteurs-d-oc.example.org",
                  "telephone": "+33536490001",
                  "foundingDate": "2012",
                  "identifier": [
                    {"@type": "PropertyValue", "propertyID": "SIREN", "value": "000000018"},
                    {"@type": "PropertyValue", "propertyID": "SIRET", "value": "00000001800010"}
                  ],
                  "address": {
                    "@type": "PostalAddress", "streetAddress": "1 rue du Transistor",
                    "postalCode": "31000", "addressLocality": "Toulouse",
                    "addressRegion": "Occitanie", "addressCountry": "FR"
                  },
                  "location": {
                    "@type": "Place",
                    "geo": {"@type": "GeoCoordinates", "latitude": 43.6, "longitude": 1.44}
                  },
                  "numberOfEmployees": {"@type": "QuantitativeValue", "minValue": 20, "maxValue": 49},
                  "knowsAbout": ["Internet of Things", "Embedded systems"],
                  "sameAs": ["https://social.example.org/capteurs-d-oc"],
                  "memberOf": {"@type": "Organization", "name": "Digital113"},
                  "subjectOf": {
                    "@type": "CreativeWork", "creditText": "Digital113", "dateModified": "$day",
                    "license": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
                  }
                }
                """
                    .replace("$day", sourceDate("capteurs-d-oc"))));
  }

  private static String sourceDate(String slug) {
    return Fixture.parsed(Exports.get("/v1/companies/" + slug).asString())
        .at("/source/date")
        .asText();
  }

  @Test
  void givesTheCentreOfTheCommuneAsThatOfTheCommune() {
    JsonNode company =
        Fixture.parsed(Exports.get("/v1/companies/registre-logiciel?format=jsonld").asString());

    assertThat(company.path("location"))
        .isEqualTo(
            Fixture.parsed(
                """
                {"@type": "AdministrativeArea", "name": "Castres",
                 "geo": {"@type": "GeoCoordinates", "latitude": 43.615651, "longitude": 2.237872}}
                """));
    assertThat(company.at("/subjectOf/creditText").asText()).isEqualTo(Credits.REGISTER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/companies?membership=any&fields=name | Digital113
          /v1/territories?level=region             | Insee
          /v1/sectors?fields=slug                  | Digital113
          /v1/factories?fields=companies           | Digital113
          """)
  void namesSourceDateAndLicenceInEveryRowAndLine(String path, String source) {
    String asked = path + (path.contains("?") ? "&" : "?") + "format=";
    assertThat(Exports.csv(Exports.get(asked + "csv"), ','))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.get("sourceName")).containsAnyOf(source, Credits.REGISTER);
              assertThat(row.get("sourceDate")).matches("\\d{4}-\\d\\d-\\d\\d");
              assertThat(row.get("licence")).isEqualTo(Credits.LICENCE);
            });
    assertThat(Exports.lines(Exports.get(asked + "ndjson").asString()))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.at("/source/name").asText()).containsAnyOf(source, Credits.REGISTER);
              assertThat(line.at("/source/date").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
              assertThat(line.path("licence").asText()).isEqualTo(Credits.LICENCE_URL);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/companies?membership=any&near=43.6045%2C1.444, CompanyFields",
    "/v1/territories?level=epci, TerritoryFields",
    "/v1/sectors?lang=fr, SectorFields",
    "/v1/factories?lang=fr, FactoryFields"
  })
  void showsEveryMemberInTables(String path, String parameter) {
    List<JsonNode> items = Exports.pages(path, Exports::getAsTeam); // which sees every member
    JsonNode members =
        Contract.committed().component("parameters", parameter).at("/schema/items/enum");
    assertThat(members).hasSizeGreaterThan(5);
    for (JsonNode each : members) {
      String member = each.asText();
      List<CSVRecord> rows =
          Exports.csv(Exports.getAsTeam(path + "&format=csv&fields=" + member), ',');
      assertThat(rows).as(member).hasSameSizeAs(items);
      for (int i = 0; i < rows.size(); i++) {
        boolean shown = rows.get(i).toList().stream().filter(cell -> !cell.isEmpty()).count() > 3;
        JsonNode value = items.get(i).path(member);
        boolean something = value.isValueNode() ? !value.isNull() : !value.isEmpty();
        assertThat(shown || member.equals("source")).as(member).isEqualTo(something);
      }
    }
  }

  @Test
  void givesSocialNetworksAsTheImportTakesThem() {
    CSVRecord row =
        Exports.csv(Exports.get("/v1/companies?format=csv&fields=slug,social&sector=iot"), ',')
            .get(0);

    assertThat(row.get("social")).isEqualTo("linkedin=https://social.example.org/capteurs-d-oc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          companies?format=csv                                    | companies-DAY.csv
          companies?format=csv&dialect=excel                      | companies-DAY-excel.csv
          companies?format=xlsx&territory=31,34                   | companies-territory-31+34-DAY.xlsx
          companies?territory=34,31&format=xlsx                   | companies-territory-31+34-DAY.xlsx
          companies?format=csv&lang=en&sort=-name                 | companies-sort--name-en-DAY.csv
          companies?format=csv&near=43.6,1.4&radius=5             | companies-near-43.6+1.4-radius-5-DAY.csv
          companies?format=csv&q=jeux%20vid%C3%A9o                | companies-q-jeux-video-HASH-DAY.csv
          companies?format=csv&q=jeux/vid%C3%A9o%22%0D%0A         | companies-q-jeux-video-HASH-DAY.csv
          territories/toulouse/companies?format=ndjson            | companies-territories-toulouse-DAY.ndjson
          factories/objets-connectes/companies?format=csv         | companies-factories-objets-connectes-DAY.csv
          """)
  void namesFilesByWhatWasAskedFor(String path, String name) {
    String day = LocalDate.now(ZoneId.of("Europe/Paris")) + "-r[0-9]+";
    String header = Exports.get("/v1/" + path).header("Content-Disposition");

    assertThat(header)
        .matches(
            "attachment; filename=\""
                + Pattern.quote(name)
                    .replace("DAY", "\\E" + day + "\\Q")
                    .replace("HASH", "\\E[0-9a-f]{8}\\Q")
                + "\"");
  }

  @Test
  void boundsNamesOfFilesAndStillTellsThemApart() {
    String long1 = "/v1/companies?format=csv&q=" + "a".repeat(180);
    String first = Exports.get(long1).header("Content-Disposition");
    String second = Exports.get(long1 + "b").header("Content-Disposition");

    assertThat(first).hasSizeLessThan(160).isNotEqualTo(second);
    assertThat(second).hasSizeLessThan(160);
  }

  @Test
  void givesXlsxDaysTruthsAndTextsAsWhatTheyAre() throws IOException {
    fixture.sql("update company set name = '_x0041_bc' where slug = 'capteurs-d-oc'");
    JsonNode item = Fixture.parsed(Exports.get("/v1/companies/capteurs-d-oc").asString());
    try (var workbook =
        Exports.xlsx(Exports.get("/v1/companies?format=xlsx&sector=systemes-embarques"))) {
      XSSFSheet sheet = workbook.getSheetAt(0);
      Row row = sheet.getRow(1);
      assertThat(cell(row, "name").getStringCellValue()).isEqualTo("_x0041_bc");
      assertThat(cell(row, "hiring").getBooleanCellValue())
          .isEqualTo(item.path("hiring").booleanValue());
      assertThat(DateUtil.isCellDateFormatted(cell(row, "joinedOn"))).isTrue();
      assertThat(cell(row, "joinedOn").getLocalDateTimeCellValue().toLocalDate().toString())
          .isEqualTo(item.at("/membership/joinedOn").asText());
      assertThat(cell(row, "sourceDate").getLocalDateTimeCellValue().toLocalDate().toString())
          .isEqualTo(item.at("/source/date").asText());
      assertThat(cell(row, "updatedAt").getLocalDateTimeCellValue().toInstant(ZoneOffset.UTC))
          .isCloseTo(Instant.parse(item.path("updatedAt").asText()), within(1, ChronoUnit.SECONDS));
      assertThat(sheet.getCTWorksheet().getAutoFilter().getRef())
          .isEqualTo(
              "A1:"
                  + sheet
                      .getRow(sheet.getLastRowNum())
                      .getCell(row.getLastCellNum() - 1)
                      .getAddress());
      assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
      assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
      int description = cell(row, "description").getColumnIndex();
      assertThat(sheet.getColumnWidth(description) / 256).isBetween(15, 60);
    }
  }

  private static Cell cell(Row row, String column) {
    for (Cell name : row.getSheet().getRow(0)) {
      if (name.getStringCellValue().equals(column)) {
        return row.getCell(name.getColumnIndex());
      }
    }
    throw new AssertionError("no column " + column);
  }

  @Test
  void saysMemberOfTodaysMembersOnly() {
    assertThat(Exports.get("/v1/companies/ecran-vert?format=jsonld").asString())
        .doesNotContain("memberOf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/companies/capteurs-d-oc", "/v1/companies"})
  void letsNoNameEndTheScriptElementThatJsonLdIsPutIn(String path) {
    String name = "A</script><script>alert(1)</script><!-- & \u2028\u2029";
    fixture.sql("update company set name = ? where slug = 'capteurs-d-oc'", name);
    String body = Exports.get(path + "?format=jsonld").asString();

    assertThat(body).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(Fixture.parsed(body).findValuesAsText("name")).contains(name);
  }
}
