package fr.digital113.directory.index;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What random trees find, and with how many points, against each document looked at by itself. */
class PointsQueryTest {
  private static final String FIELD = "word";

  /** How many documents in a thousand have a word. */
  private static final int[] FREQUENT = {1000, 600, 300, 100, 20, 3, 1, 0};

  private final Random random = new Random(113);
  private final List<List<Integer>> documents = new ArrayList<>(); // the words of each, in order
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private @Nullable DirectoryReader reader;
  private @Nullable IndexSearcher searcher;

  @BeforeEach
  void write() throws IOException {
    try (var writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig(new WhitespaceAnalyzer())
                .setMergePolicy(NoMergePolicy.INSTANCE))) {
      for (int size : new int[] {2 * PointsWindow.MOST + 17, 1, 300}) {
        for (int i = 0; i < size; i++) {
          List<Integer> words = new ArrayList<>();
          for (int word = 0; word < FREQUENT.length; word++) {
            if (random.nextInt(1000) < FREQUENT[word]) {
              words.add(random.nextInt(words.size() + 1), word);
            }
          }
          Document document = new Document();
          String text = words.stream().map(String::valueOf).collect(joining(" "));
          document.add(new TextField(FIELD, text, Field.Store.NO));
          documents.add(words);
          writer.addDocument(document);
        }
        writer.flush();
      }
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
    assertThat(reader.leaves()).hasSize(3);
  }

  @AfterEach
  void close() throws IOException {
    Objects.requireNonNull(reader).close();
    directory.close();
  }

  @Test
  void findsWhatLookingAtEachDocumentFinds() throws IOException {
    for (int i = 0; i < 150; i++) {
      Points points = tree(4);
      assertThat(found(new PointsQuery(points)))
          .as("%s", points)
          .isEqualTo(expected(points, words -> true));
    }
  }

  @Test
  void findsTheSameBesideFilters() throws IOException {
    for (int i = 0; i < 150; i++) {
      Points points = tree(4);
      int word = random.nextInt(FREQUENT.length);
      Query filtered =
          new BooleanQuery.Builder()
              .add(new PointsQuery(points), Occur.MUST)
              .add(word(word), Occur.FILTER)
              .build();
      assertThat(found(filtered))
          .as("%s and %s", points, word)
          .isEqualTo(expected(points, document -> documents.get(document).contains(word)));
    }
  }

  @Test
  void leapsToAnyDocument() throws IOException {
    for (int i = 0; i < 150; i++) {
      Points points = tree(4);
      Map<Integer, Integer> expected = expected(points, words -> true);
      Weight weight =
          Objects.requireNonNull(searcher)
              .createWeight(new PointsQuery(points), ScoreMode.COMPLETE, 1);
      for (LeafReaderContext leaf : Objects.requireNonNull(reader).leaves()) {
        Scorer scorer = weight.scorer(leaf);
        DocIdSetIterator iterator = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
        int reach = 1 << random.nextInt(13);
        for (int target = random.nextInt(reach);
            target < leaf.reader().maxDoc();
            target = iterator.docID() + 1 + random.nextInt(reach)) {
          int first = target;
          int next =
              IntStream.range(first, leaf.reader().maxDoc())
                  .filter(document -> expected.containsKey(leaf.docBase + document))
                  .findFirst()
                  .orElse(DocIdSetIterator.NO_MORE_DOCS);
          assertThat(iterator.advance(target)).as("%s from %s", points, first).isEqualTo(next);
          if (next == DocIdSetIterator.NO_MORE_DOCS) {
            break;
          }
          assertThat((int) Objects.requireNonNull(scorer).score())
              .isEqualTo(expected.get(leaf.docBase + next));
        }
      }
    }
  }

  /** Lucene would take it for a query of numbers, by its name. */
  @Test
  void isNeverRemembered() throws IOException {
    Query query = new PointsQuery(new Points.Each(3, word(1)));
    for (int i = 0; i < 20; i++) {
      RememberedFilters.POLICY.onUse(query);
    }
    assertThat(RememberedFilters.POLICY.shouldCache(query)).isFalse();
  }

  @Test
  void isEqualWhereItsTreesAre() {
    Points some = new Points.Best(List.of(new Points.Each(3, word(1))));
    assertThat(new PointsQuery(some))
        .isEqualTo(new PointsQuery(new Points.Best(List.of(new Points.Each(3, word(1))))))
        .hasSameHashCodeAs(new PointsQuery(new Points.Best(List.of(new Points.Each(3, word(1))))))
        .isNotEqualTo(new PointsQuery(new Points.Best(List.of(new Points.Each(4, word(1))))))
        .isNotEqualTo(new PointsQuery(new Points.Each(3, word(1))));
  }

  private Map<Integer, Integer> found(Query query) throws IOException {
    Map<Integer, Integer> found = new TreeMap<>();
    int all = documents.size();
    for (ScoreDoc hit :
        Objects.requireNonNull(searcher)
            .search(query, new TopScoreDocCollectorManager(all, null, Integer.MAX_VALUE))
            .scoreDocs) {
      found.put(hit.doc, (int) hit.score);
    }
    return found;
  }

  private Map<Integer, Integer> expected(Points points, IntPredicate filter) {
    Map<Integer, Integer> expected = new HashMap<>();
    for (int document = 0; document < documents.size(); document++) {
      Integer here = points(points, documents.get(document));
      if (here != null && filter.test(document)) {
        expected.put(document, here);
      }
    }
    return expected;
  }

  /** What a document with some words gets; null where it is not found. */
  private static @Nullable Integer points(Points points, List<Integer> words) {
    if (points instanceof Points.Each each) {
      return isThere(each.query(), words) ? each.points() : null;
    }
    if (points instanceof Points.Best best) {
      return best.ways().stream()
          .map(way -> points(way, words))
          .filter(Objects::nonNull)
          .max(Integer::compare)
          .orElse(null);
    }
    if (points instanceof Points.More more) {
      Integer here = points(more.items(), words);
      return here == null ? null : Integer.valueOf(here + more.more());
    }
    if (points instanceof Points.Flat flat) {
      return points(flat.items(), words) == null ? null : Integer.valueOf(flat.points());
    }
    Points.Sum sum = (Points.Sum) points;
    List<@Nullable Integer> needed =
        sum.required().stream().map(each -> points(each, words)).toList();
    List<Integer> more = new ArrayList<>();
    sum.optional().forEach(each -> addTo(more, points(each, words)));
    if (needed.contains(null)
        || (needed.isEmpty() && more.isEmpty())
        || sum.excluded().stream().anyMatch(each -> points(each, words) != null)) {
      return null;
    }
    needed.forEach(each -> addTo(more, each));
    return more.stream().mapToInt(Integer::intValue).sum();
  }

  private static void addTo(List<Integer> all, @Nullable Integer points) {
    if (points != null) {
      all.add(points);
    }
  }

  private static boolean isThere(Query query, List<Integer> words) {
    if (query instanceof PhraseQuery phrase) {
      List<Integer> asked =
          Arrays.stream(phrase.getTerms()).map(term -> Integer.parseInt(term.text())).toList();
      return Collections.indexOfSubList(words, asked) >= 0;
    }
    return !(query instanceof TermQuery term)
        || words.contains(Integer.parseInt(term.getTerm().text()));
  }

  private Points tree(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(6);
    return switch (kind) {
      case 1 -> new Points.Best(trees(depth, 4));
      case 2 -> new Points.More(tree(depth - 1), random.nextInt(50));
      case 3 -> new Points.Flat(tree(depth - 1), random.nextInt(50));
      case 4, 5 -> new Points.Sum(trees(depth, 3), trees(depth, 3), trees(depth, 2));
      default -> new Points.Each(random.nextInt(50), query());
    };
  }

  private Query query() {
    return switch (random.nextInt(20)) {
      case 0 -> new MatchAllDocsQuery();
      case 1, 2, 3 -> {
        int first = random.nextInt(FREQUENT.length);
        int second = (first + 1 + random.nextInt(3)) % FREQUENT.length;
        yield new PhraseQuery(FIELD, String.valueOf(first), String.valueOf(second));
      }
      default -> word(random.nextInt(FREQUENT.length));
    };
  }

  private List<Points> trees(int depth, int most) {
    return IntStream.range(0, random.nextInt(most + 1)).mapToObj(i -> tree(depth - 1)).toList();
  }

  private static Query word(int word) {
    return new TermQuery(new Term(FIELD, String.valueOf(word)));
  }
}
