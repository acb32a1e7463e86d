package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.web.Language;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first items of each segment, merged, are those that comparing everything finds. */
class OrderOfFilesTest {
  private static final List<String> NAMES =
      Arrays.asList(
          "a", "a ", "a b", "A", "Ab", "ab", "é", "É", "e", "œuf", "oeuf", "z", "!", "", "1", null);

  private static final Query THIRD = new TermQuery(new Term("third", "1"));
  private static final List<Query> QUERIES =
      List.of(new MatchAllDocsQuery(), THIRD, new TermQuery(new Term("rare", "1")));
  private static final int[] COUNTS = {1, 40, 5_000};
  private static final Sorting NAME = Sorting.byText(Sorting.NAME, false);

  private final Random random = new Random(113);
  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void findsWhatComparingEverythingFinds() throws IOException {
    eachSnapshot(
        snapshot -> {
          for (Query query : QUERIES) {
            for (int count : COUNTS) {
              walk(snapshot, query, count, NAME, first(snapshot, query, true));
              walk(snapshot, query, count, NAME, first(snapshot, query, false));
              assertThat(first(snapshot, query, true).after(count, null).totalHits.value)
                  .isEqualTo(snapshot.total(query));
            }
          }
        });
  }

  private static Way first(Snapshot snapshot, Query query, boolean all) {
    return (count, after) ->
        snapshot.searcher().search(query, OrderOfFiles.first(count, after, all));
  }

  @Test
  void findsTheSameFromTheEnd() throws IOException {
    Sorting order = Sorting.byText(Sorting.NAME, true);
    assertThat(order.isOfFilesFromTheEnd()).isTrue();
    eachSnapshot(
        snapshot -> {
          for (Query query : QUERIES) {
            for (int count : COUNTS) {
              walk(
                  snapshot,
                  query,
                  count,
                  order,
                  (most, before) -> OrderOfFiles.last(snapshot, query, most, before));
            }
          }
        });
  }

  @Test
  void findsTheSameByPoints() throws IOException {
    Query query =
        new PointsQuery(
            new Points.Best(
                List.of(new Points.Each(7, THIRD), new Points.Each(0, new MatchAllDocsQuery()))));
    Sorting order = Sorting.byRelevance().then(NAME);
    assertThat(order.isOfFilesByRelevance()).isTrue();
    eachSnapshot(
        snapshot -> {
          for (int count : COUNTS) {
            Way best =
                (most, after) -> snapshot.searcher().search(query, OrderOfFiles.best(most, after));
            walk(snapshot, query, count, order, best);
            assertThat(best.after(count, null).totalHits.value).isEqualTo(snapshot.total(query));
          }
        });
  }

  private interface Case {
    void on(Snapshot snapshot) throws IOException;
  }

  /** Some small segments; and large ones, in which something is rare. */
  private void eachSnapshot(Case test) throws IOException {
    for (int[] sizes : new int[][] {{17, 60, 2, 35, 48}, {900, 3, 300}}) {
      try (var directory = new ByteBuffersDirectory();
          var writer =
              new IndexWriter(
                  directory,
                  new IndexWriterConfig()
                      .setIndexSort(Sorting.ofFiles())
                      .setMergePolicy(NoMergePolicy.INSTANCE))) {
        for (int size : sizes) {
          write(writer, size);
        }
        writer.deleteDocuments(new Term("third", "0"));
        try (Snapshot snapshot = snapshot(DirectoryReader.open(writer))) {
          assertThat(snapshot.reader().leaves()).hasSize(sizes.length);
          assertThat(snapshot.reader().numDeletedDocs()).isPositive();
          test.on(snapshot);
        }
      }
    }
  }

  private void write(IndexWriter writer, int items) throws IOException {
    for (int i = 0; i < items; i++) {
      var item =
          new FeedItem(
              "thing",
              new UUID(random.nextLong(), random.nextLong()).toString(),
              1,
              Instant.EPOCH,
              JsonNodeFactory.instance.objectNode());
      IndexEntry entry = new IndexEntry(item, Visibility.PUBLIC, mapper, new TextFields());
      String name = NAMES.get(random.nextInt(NAMES.size()));
      if (name != null) {
        entry.sortText(Sorting.NAME, name);
      }
      entry.term("third", String.valueOf(i % 3));
      entry.term("rare", String.valueOf(i % 200));
      for (Language language : Language.values()) {
        entry.body(language, Map.of("id", item.id(), "text", "é".repeat(random.nextInt(300))));
      }
      writer.addDocument(entry.document());
    }
    writer.flush();
  }

  @Test
  void givesWhoeverLooksForATextTheDocumentsThemselves() throws IOException {
    try (var directory = new ByteBuffersDirectory();
        var writer = new IndexWriter(directory, new IndexWriterConfig())) {
      var document = JsonNodeFactory.instance.objectNode().put("phone", "0500000000");
      var item = new FeedItem("thing", UUID.randomUUID().toString(), 1, Instant.EPOCH, document);
      IndexEntry entry = new IndexEntry(item, Visibility.PUBLIC, mapper, new TextFields());
      entry.body(Language.FR, Map.of("text", "a"));
      writer.addDocument(entry.document());
      try (Snapshot snapshot = snapshot(DirectoryReader.open(writer))) {
        assertThat(found(snapshot, "{\"phone\":\"0500000000\"}")).isEqualTo(1);
        assertThat(found(snapshot, "{\"text\":\"a\"}")).isEqualTo(1);
        assertThat(found(snapshot, "{\"text\":\"b\"}")).isZero();
      }
    }
  }

  private static long found(Snapshot snapshot, String json) throws IOException {
    return snapshot.countStored((type, text) -> type.equals("thing") && text.equals(json));
  }

  private static Snapshot snapshot(DirectoryReader reader) {
    var state = new IndexState(UUID.randomUUID().toString(), 1, null, 1, Instant.EPOCH, 0);
    return new Snapshot(Visibility.PUBLIC, reader, state, new LabelItems(Map.of()));
  }

  private interface Way {
    TopFieldDocs after(int count, @Nullable FieldDoc after) throws IOException;
  }

  private static void walk(Snapshot snapshot, Query query, int count, Sorting order, Way way)
      throws IOException {
    FieldDoc after = null;
    List<String> walked = new ArrayList<>();
    do {
      TopFieldDocs expected =
          snapshot
              .searcher()
              .search(
                  query,
                  new TopFieldCollectorManager(order.forwards(), count, after, Integer.MAX_VALUE));
      TopFieldDocs found = way.after(count, after);
      assertThat(places(found)).isEqualTo(places(expected));
      walked.addAll(places(found));
      after =
          found.scoreDocs.length < count
              ? null
              : new FieldDoc(
                  snapshot.reader().maxDoc() - 1,
                  Float.NaN,
                  ((FieldDoc) found.scoreDocs[count - 1]).fields);
    } while (after != null);
    assertThat(walked).doesNotHaveDuplicates().hasSize(snapshot.total(query));
  }

  private static List<String> places(TopFieldDocs found) {
    return Arrays.stream(found.scoreDocs)
        .map(hit -> hit.doc + " " + Arrays.toString(((FieldDoc) hit).fields))
        .toList();
  }

  @Test
  void readsTheObjectsOfAnyDocumentInAnyOrder() throws IOException {
    try (var directory = new ByteBuffersDirectory();
        var writer = new IndexWriter(directory, new IndexWriterConfig())) {
      write(writer, 40);
      write(writer, 40);
      try (DirectoryReader reader = DirectoryReader.open(writer)) {
        var bodies = new JsonColumn(reader, Fields.body(Language.EN));
        for (int i = 0; i < 500; i++) {
          int number = random.nextInt(reader.maxDoc());
          String id = mapper.readTree(bodies.get(number).utf8()).path("id").asText();
          assertThat(id).isEqualTo(OrderOfFiles.id(reader, number));
        }
      }
    }
  }
}
