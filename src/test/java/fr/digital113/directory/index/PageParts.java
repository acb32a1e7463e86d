package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** The parts of a page, each by itself, over the index files of a program that may be running. */
public final class PageParts implements AutoCloseable {
  private final Directory directory;
  private final Snapshot snapshot;
  private final IndexState state;
  private final LabelItems labels;
  private final ObjectMapper mapper = new ObjectMapper();

  public PageParts(Path index) throws IOException {
    directory = FSDirectory.open(index);
    DirectoryReader reader = DirectoryReader.open(directory);
    state =
        Objects.requireNonNull(
            IndexState.read(reader.getIndexCommit().getUserData()), "an index of another version");
    Map<String, JsonNode> items = new HashMap<>();
    new StoredItems(reader, mapper)
        .ofTypes(
            List.of("territory", "sector", "factory"),
            item -> items.put(Fields.key(item.type(), item.id()), item.document()));
    labels = new LabelItems(items);
    snapshot = new Snapshot(Visibility.PUBLIC, reader, state, labels);
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  /** How many documents there are, and in how many segments. */
  public String size() {
    return "%,d documents in %d segments"
        .formatted(snapshot.reader().numDocs(), snapshot.reader().leaves().size());
  }

  /** Where the page of a listing begins that has so many items before it. */
  public @Nullable FieldDoc after(Listing listing, int items) throws IOException {
    if (items == 0) {
      return null;
    }
    ScoreDoc[] before = top(listing, items, null, Integer.MAX_VALUE).scoreDocs;
    FieldDoc last = (FieldDoc) before[before.length - 1];
    return new FieldDoc(snapshot.reader().maxDoc() - 1, Float.NaN, last.fields);
  }

  /** Walks over everything that matches, with its score where the order is by score. */
  public long match(Listing listing) throws IOException {
    Walk walk = new Walk(listing.sorting().forwards().needsScores());
    snapshot.searcher().search(listing.query(), walk);
    return walk.count;
  }

  /** What the program does: the best items, and the exact total. Neither is remembered. */
  public long page(Listing listing, int limit, @Nullable FieldDoc after) throws IOException {
    return listing(listing, false).search(again(), false, limit + 1, after).total();
  }

  /** The same, with the facets that are asked for. */
  public long pageWithFacets(Listing listing, int limit, @Nullable FieldDoc after)
      throws IOException {
    return listing.search(again(), false, limit + 1, after).total();
  }

  /** The items of a page. */
  public TopFieldDocs hits(Listing listing, int limit, @Nullable FieldDoc after)
      throws IOException {
    return listing(listing, false).search(snapshot, false, limit + 1, after).hits();
  }

  private static Listing listing(Listing all, boolean facets) {
    return new Listing(all.query(), all.sorting(), all.binding(), facets ? all.facets() : null);
  }

  /** The same snapshot, as if nobody had asked it anything. */
  private Snapshot again() {
    return new Snapshot(Visibility.PUBLIC, snapshot.reader(), state, labels);
  }

  /** The exact total alone. */
  public long total(Listing listing) throws IOException {
    return snapshot.searcher().count(listing.query());
  }

  /** A whole page as the program reads it, without its JSON; returns the bytes of its items. */
  public long read(Listing listing, int limit) {
    return listing.page(snapshot, Language.FR, limit, null).items().stream()
        .mapToLong(item -> item.body().utf8().length)
        .sum();
  }

  /** Reads the items of a page, and writes its JSON; returns its bytes. */
  public int shape(TopFieldDocs page, int limit) throws IOException {
    JsonColumn bodies = new JsonColumn(snapshot.reader(), Fields.body(Language.FR));
    List<RawJson> items = new ArrayList<>();
    for (ScoreDoc hit : page.scoreDocs) {
      if (items.size() < limit) {
        items.add(bodies.get(hit.doc));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    mapper.writeValue(out, items);
    return out.size();
  }

  private TopFieldDocs top(Listing listing, int count, @Nullable FieldDoc after, int threshold)
      throws IOException {
    Sort sort = listing.sorting().forwards();
    return snapshot
        .searcher()
        .search(listing.query(), new TopFieldCollectorManager(sort, count, after, threshold));
  }

  @Override
  public void close() throws IOException {
    snapshot.close();
    directory.close();
  }

  private static final class Walk extends SimpleCollector {
    private final boolean scores;
    private @Nullable Scorable scorer;
    private float best;
    private long count;

    Walk(boolean scores) {
      this.scores = scores;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) {}

    @Override
    public void setScorer(Scorable scorer) {
      this.scorer = scores ? scorer : null;
    }

    @Override
    public void collect(int doc) throws IOException {
      count++;
      if (scorer != null) {
        best = Math.max(best, scorer.score());
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return scores ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
