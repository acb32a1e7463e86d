package fr.digital113.directory.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much is kept of one version. */
class AnswersOfAVersionTest {
  private static final Version VERSION = new Version(1, "epoch.1");
  private static final long BOUND = 2_000_000;

  /** Caffeine takes at most 128 writes for each processor before it makes room for them. */
  private static final long MOST_WAITING =
      128L * 5_500 * Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1);

  private static final Negotiation WANTED = new Negotiation(0, true, Language.FR, false);

  private final AnswersOfAVersion answers = new AnswersOfAVersion(VERSION, BOUND);

  @Test
  void holdsItsBoundUnderAnyNumberOfDistinctRequests() {
    IntStream.range(0, 200_000)
        .parallel()
        .forEach(
            i -> {
              answers.keep(key("q=" + i), answer(i % 5_000));
              if (i % 1_000 == 0) {
                assertThat(answers.size()).isLessThan(BOUND + MOST_WAITING);
              }
            });

    assertThat(answers.size()).isBetween(BOUND / 2, BOUND);
    assertThat(answers.count()).isLessThan(BOUND / 600);
  }

  @Test
  void keepsWhatIsAskedForAgainAndAgain() {
    AnswersOfAVersion.Key often = key("q=often");
    answers.keep(often, answer(1_000));
    for (int i = 0; i < 50_000; i++) {
      answers.keep(key("q=" + i), answer(1_000));
      if (answers.get(often) == null) {
        answers.keep(often, answer(1_000));
      }
    }

    assertThat(answers.get(often)).isNotNull();
  }

  @Test
  void keepsNoAnswerThatIsLargerThanAllOfIt() {
    answers.keep(key(""), answer((int) BOUND));

    assertThat(answers.size()).isZero();
  }

  @Test
  void keepsAWholeAnswerInPlaceOfA304AndNotTheOtherWayRound() {
    KeptAnswer notModified = KeptAnswer.of(new PublicAnswer(VERSION, null), 304, headers(), null);
    KeptAnswer whole = answer(10);

    answers.keep(key(""), notModified);
    assertThat(answers.get(key(""))).isSameAs(notModified);
    answers.keep(key(""), whole);
    answers.keep(key(""), notModified);
    assertThat(answers.get(key(""))).isSameAs(whole);
  }

  private static AnswersOfAVersion.Key key(String query) {
    return new AnswersOfAVersion.Key("/v1/companies", query, WANTED);
  }

  private static KeptAnswer answer(int length) {
    return KeptAnswer.of(new PublicAnswer(VERSION, new byte[length]), 200, headers(), null);
  }

  private static MultiMap headers() {
    return HttpHeaders.headers().add("ETag", "\"1.epoch.1.fr\"");
  }
}
