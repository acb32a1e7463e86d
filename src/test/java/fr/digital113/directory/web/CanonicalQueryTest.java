package fr.digital113.directory.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes two queries one. */
class CanonicalQueryTest {

  @ParameterizedTest
  @CsvSource({
    "a=1,a=1",
    "b=2&a=1,a=1&b=2",
    "a=2&a=1,a=2&a=1",
    "b&a=1,a=1&b",
    "a-b=1&a=2,a=2&a-b=1",
    "q=a%26b&c=d+e,c=d+e&q=a%26b",
    "q=x=y&a=,a=&q=x=y"
  })
  void isTheOrderOfParametersAndNothingElse(String query, String canonical) {
    assertThat(CanonicalQuery.of(query)).isEqualTo(canonical);
    assertThat(CanonicalQuery.of(canonical)).isEqualTo(canonical);
  }

  @Test
  void isEmptyForNone() {
    assertThat(CanonicalQuery.of(null)).isEmpty();
    assertThat(CanonicalQuery.of("")).isEmpty();
  }
}
