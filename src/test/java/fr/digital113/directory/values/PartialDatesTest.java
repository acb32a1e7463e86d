package fr.digital113.directory.values;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialDatesTest {
  @ParameterizedTest
  @CsvSource({
    "2028, 2028-01-01, 2028-12-31",
    "2028-02, 2028-02-01, 2028-02-29",
    "2028-02-03, 2028-02-03, 2028-02-03"
  })
  void beginAndEndWithTheFirstAndTheLastDay(String date, String first, String last) {
    assertThat(PartialDates.first(date)).hasToString(first);
    assertThat(PartialDates.last(date)).hasToString(last);
  }

  @ParameterizedTest
  @CsvSource({"''"})
  void areNoneOfNothing(String date) {
    assertThat(PartialDates.first(date)).isNull();
    assertThat(PartialDates.last(date)).isNull();
  }
}
