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
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemonstrationHistoryTest {
  private static final System.Logger LOG =
      System.getLogger(DemonstrationHistoryTest.class.getName());

  @Test
  void twelveMonthlyVintagesOfTheDemonstrationDiscloseNothingAndTheNewestTellsHowManyJobs() {
    List<Vintage> vintages = new ArrayList<>();
    YearMonth first = YearMonth.of(2025, 7);
    for (int month = 11; month >= 0; month--) { // as the demonstration publishes them
      LocalDate day = first.plusMonths(month).atEndOfMonth();
      Protection protection = Protection.of(vintages);
      boolean full = month == 0 || day.getMonthValue() % 6 == 0;
      Protected vintage =
          full
              ? protection.protect(day.toString(), figures(day))
              : protection.repeat(day.toString(), figures(day));
      LOG.log(
          System.Logger.Level.INFO,
          "{0}: {1}{2}{3}",
          day,
          vintage.report(),
          System.lineSeparator(),
          summary(vintage));
      vintages.add(vintage.vintage());
    }

    assertThat(Audit.of(vintages).report().disclosures()).isEmpty();
    Vintage newest = vintages.get(0);
    assertThat(newest.figures().stream().filter(newest::isPublished))
        .filteredOn(figure -> figure.id().equals("total"))
        .extracting(Figure::jobs)
        .containsExactly(17_000L);
  }

  /** Of each table how many figures are published, of those that the primary rule allows. */
  static String summary(Protected vintage) {
    Map<String, int[]> tables = new TreeMap<>();
    for (Figure figure : vintage.vintage().figures()) {
      Reason reason = vintage.withheld().get(figure.id());
      if (reason != Reason.PRIMARY) {
        int[] count =
            tables.computeIfAbsent(figure.id().replaceAll("=[^;]*", ""), table -> new int[2]);
        count[0] += reason == null ? 1 : 0;
        count[1]++;
      }
    }
    return tables.entrySet().stream()
        .map(table -> table.getKey() + " " + table.getValue()[0] + "/" + table.getValue()[1])
        .collect(Collectors.joining(", "));
  }

  static List<Figure> figures(LocalDate day) {
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
