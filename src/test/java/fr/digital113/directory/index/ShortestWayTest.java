package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Demonstration;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found the shortest way is what comparing everything finds. */
@QuarkusTest
class ShortestWayTest {
  private static final int COUNT = 17;

  @Inject Demonstration demonstration;
  @Inject DirectoryIndex index;

  @BeforeEach
  void loadTheDemonstration() {
    demonstration.loadUnlessThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "-name", "joined", "-joined", "distance"})
  void walksThroughPagesAsThroughOneSortedList(String order) throws IOException {
    try (Snapshot snapshot = index.acquire()) {
      Listing listing =
          new Query("company").anyOf("membership", List.of("member")).sortedBy(sorting(order));
      List<Integer> all = numbers(everything(snapshot, listing.query(), listing.sorting(), null));
      assertThat(all).hasSizeGreaterThan(5 * COUNT);

      List<Integer> walked = new ArrayList<>();
      @Nullable FieldDoc after = null;
      do {
        Listing.Run run = listing.search(snapshot, false, COUNT, after);
        assertThat(run.total()).isEqualTo(all.size());
        walked.addAll(numbers(run.hits().scoreDocs));
        after = last(snapshot, run.hits().scoreDocs);
      } while (after != null);
      assertThat(walked).isEqualTo(all);
    }
  }

  @Test
  void findsTheNearestOfAllInCircles() throws IOException {
    Random random = new Random(113);
    try (Snapshot snapshot = index.acquire()) {
      Query query = new Query("company");
      for (int i = 0; i < 60; i++) {
        Distance from = new Distance(42.5 + 2.5 * random.nextDouble(), 4.5 * random.nextDouble());
        Sorting nearest = Sorting.byDistance(from);
        int count = 1 + random.nextInt(60);
        @Nullable FieldDoc after = null;
        for (int page = 0; page < 3; page++) {
          ScoreDoc[] inCircles =
              NearestFirst.search(
                      snapshot, query.filter(), from, nearest.forwards(), count, after, true)
                  .scoreDocs;
          ScoreDoc[] expected = everything(snapshot, query.filter(), nearest, after);
          assertThat(numbers(inCircles))
              .isEqualTo(numbers(Arrays.copyOf(expected, Math.min(count, expected.length))));
          after = last(snapshot, inCircles);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.MAX_VALUE, -1e300})
  void goesOnFromAnyDistance(double metres) throws IOException {
    try (Snapshot snapshot = index.acquire()) {
      Query query = new Query("company");
      Distance from = new Distance(43.6, 1.44);
      Sorting nearest = Sorting.byDistance(from);
      FieldDoc after =
          new FieldDoc(
              snapshot.reader().maxDoc() - 1, Float.NaN, new Object[] {metres, new BytesRef("~")});
      ScoreDoc[] found =
          NearestFirst.search(
                  snapshot, query.filter(), from, nearest.forwards(), COUNT, after, true)
              .scoreDocs;
      assertThat(found).hasSize(metres < 0 ? COUNT : 0);
    }
  }

  @Test
  void keepsItsFilesSortedAsMostListsAre() throws IOException {
    try (Snapshot snapshot = index.acquire()) {
      Sort ofLists = Sorting.byText("name", false).forwards();
      assertThat(snapshot.reader().leaves())
          .isNotEmpty()
          .allSatisfy(leaf -> assertThat(leaf.reader().getMetaData().getSort()).isEqualTo(ofLists));
      assertThat(snapshot.total(new MatchAllDocsQuery())).isEqualTo(snapshot.reader().numDocs());
    }
  }

  @Test
  void remembersNoMoreForWordsWithMistakesThanForOthers() throws IOException {
    try (Snapshot snapshot = index.acquire()) {
      for (int i = 0; i < 300; i++) {
        String word = "anticonstitutionnellement" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
        snapshot.total(new TypingMistakes.Like(word, 2).in("any"));
      }
      // Each takes some 400 kB.
      assertThat(snapshot.remembered()).isBetween(1L << 20, 16L << 20);
    }
  }

  private static Sorting sorting(String order) {
    return switch (order) {
      case "name" -> Sorting.byText("name", false);
      case "-name" -> Sorting.byText("name", true);
      case "joined" -> Sorting.byNumber("joined", false);
      case "-joined" -> Sorting.byNumber("joined", true);
      default -> Sorting.byDistance(new Distance(43.6, 1.44));
    };
  }

  private static @Nullable FieldDoc last(Snapshot snapshot, ScoreDoc[] hits) {
    return hits.length < COUNT
        ? null
        : new FieldDoc(
            snapshot.reader().maxDoc() - 1, Float.NaN, ((FieldDoc) hits[hits.length - 1]).fields);
  }

  /** The whole list, each compared with each. */
  private static ScoreDoc[] everything(
      Snapshot snapshot,
      org.apache.lucene.search.Query query,
      Sorting sorting,
      @Nullable FieldDoc after)
      throws IOException {
    return snapshot
        .searcher()
        .search(
            query,
            new TopFieldCollectorManager(
                sorting.forwards(), snapshot.reader().maxDoc(), after, Integer.MAX_VALUE))
        .scoreDocs;
  }

  private static List<Integer> numbers(ScoreDoc[] hits) {
    return Arrays.stream(hits).map(hit -> hit.doc).toList();
  }
}
