package fr.digital113.directory.statistics.confidentiality;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.digital113.directory.statistics.confidentiality.Directories.Company;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemonstrationHistoryTest {

  @Test
  void twelveMonthlyVintagesOfTheDemonstrationDiscloseNothing() {
    List<Vintage> vintages = new ArrayList<>();
    YearMonth first = YearMonth.of(2025, 7);
    for (int month = 0; month < 12; month++) {
      LocalDate day = first.plusMonths(month).atEndOfMonth();
      long start = System.nanoTime();
      Protected vintage = Protection.of(vintages).protect(day.toString(), figures(day));
      System.out.println(
          day + " in " + (System.nanoTime() - start) / 1_000_000 + " ms: " + vintage.report());
      System.out.println(
          vintage.withheld().entrySet().stream()
              .filter(e -> e.getValue() == Reason.SECONDARY)
              .map(e -> e.getKey())
              .sorted()
              .toList());
      vintages.add(vintage.vintage());
    }
    assertThat(Audit.of(vintages).report().disclosures()).isEmpty();
  }

  private static List<Figure> figures(LocalDate day) {
    return Directories.family(
        Stream.of("/demo/members.csv", "/demo/former-members.csv")
            .flatMap(file -> read(file).stream())
            .filter(member -> !member.getField("headcount").isEmpty())
            .filter(member -> isMember(member, day))
            .map(DemonstrationHistoryTest::company)
            .toList());
  }

  private static boolean isMember(NamedCsvRecord member, LocalDate day) {
    String left = member.getField("leftOn");
    return !LocalDate.parse(member.getField("joinedOn")).isAfter(day)
        && (left.isEmpty() || day.isBefore(LocalDate.parse(left)));
  }

  private static Company company(NamedCsvRecord member) {
    String sizeClass = member.getField("sizeClass");
    String commune = member.getField("commune");
    return new Company(
        Unknown.of(
            member.getField("slug"), sizeClass, Integer.parseInt(member.getField("headcount"))),
        commune.substring(0, 2),
        Objects.requireNonNull(EPCI.get(commune)),
        List.of(member.getField("sectors").split("\\|")),
        sizeClass,
        member.getField("origin"),
        member.getField("joinedOn").substring(0, 4));
  }

  private static final Map<String, String> EPCI = new HashMap<>();

  static {
    read("/reference/communes-occitanie.csv")
        .forEach(row -> EPCI.put(row.getField("code_insee"), row.getField("epci_siren")));
  }

  private static List<NamedCsvRecord> read(String resource) {
    try (Reader reader =
            new InputStreamReader(
                Objects.requireNonNull(
                    DemonstrationHistoryTest.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8);
        CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(reader)) {
      return csv.stream().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
